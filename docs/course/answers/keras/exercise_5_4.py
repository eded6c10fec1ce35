from keras import ops


def reverse_padded(x, lengths):
    """The valid steps reversed, the padding left at the end: (B, T, D)."""
    steps, ends = ops.arange(x.shape[1]), lengths[:, None]
    index = ops.where(steps < ends, ends - 1 - steps, steps)  # (B, T)
    return ops.take_along_axis(x, index[:, :, None], axis=1)
