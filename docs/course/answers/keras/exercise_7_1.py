from keras import ops


def decoder_inputs(targets, start):
    """The targets one step later, after the start token: (B, T)."""
    starts = ops.full((targets.shape[0], 1), start, dtype=targets.dtype)
    return ops.concatenate([starts, targets[:, :-1]], axis=1)
