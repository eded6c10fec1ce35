from keras import ops


def valid_mask(lengths, steps):
    """True at the valid steps: (B) -> (B, T)."""
    return ops.arange(steps) < lengths[:, None]
