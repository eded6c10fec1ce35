from keras import ops


def bidirectional(x, lengths, w_ih, w_hh, b, w_ih_back, w_hh_back, b_back):
    """Forward and backward states, 0 past the end: (B, T, D) -> (B, T, 2H)."""
    mask = (ops.arange(x.shape[1]) < lengths[:, None])[:, :, None]
    forward = run_layer(x, w_ih, w_hh, b)
    reversed_x = reverse_padded(x, lengths)
    backward = run_layer(reversed_x, w_ih_back, w_hh_back, b_back)
    backward = reverse_padded(backward, lengths)
    outputs = ops.concatenate([forward, backward], axis=2)
    return ops.where(mask, outputs, 0.0)


def run_layer(x, w_ih, w_hh, b):
    """The state after each step: (B, T, D) -> (B, T, H)."""
    h = ops.zeros((x.shape[0], w_hh.shape[0]))  # (B, H)
    outputs = []
    for t in range(x.shape[1]):
        h = ops.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        outputs.append(h)
    return ops.stack(outputs, axis=1)


def reverse_padded(x, lengths):
    """The valid steps reversed, the padding left at the end."""
    steps, ends = ops.arange(x.shape[1]), lengths[:, None]
    index = ops.where(steps < ends, ends - 1 - steps, steps)  # (B, T)
    return ops.take_along_axis(x, index[:, :, None], axis=1)
