from keras import ops


def masked_rnn(x, lengths, w_ih, w_hh, b):
    """The state after each step, as it is past the end: (B, T, H)."""
    h = ops.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    outputs = []
    for t in range(x.shape[1]):
        new = ops.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        h = ops.where((t < lengths)[:, None], new, h)
        outputs.append(h)
    return ops.stack(outputs, axis=1)
