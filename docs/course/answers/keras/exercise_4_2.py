from keras import ops


def last_state(outputs, lengths):
    """The last valid state of each sequence: (B, T, H) -> (B, H)."""
    steps = (lengths - 1)[:, None, None]  # (B, 1, 1)
    return ops.take_along_axis(outputs, steps, axis=1)[:, 0]
