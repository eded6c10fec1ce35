from keras import ops


def unroll(x, h, w_ih, w_hh, b):
    """The state after each step: (B, T, D), (B, H) -> (B, T, H)."""
    outputs = []
    for t in range(x.shape[1]):
        h = ops.tanh(x[:, t] @ w_ih + h @ w_hh + b)  # (B, H)
        outputs.append(h)
    return ops.stack(outputs, axis=1)
