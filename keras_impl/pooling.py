"""What a classifier reads of all steps; past an end no step counts."""

from keras import ops

from keras_impl.cells import mask_of


def last_state(outputs, last, lengths):
    """The last state of each direction: (B, H')."""
    return last


def mean_over_time(outputs, last, lengths):
    """The mean of the steps inside each sequence: (B, T, H') -> (B, H')."""
    inside = steps_inside(outputs, lengths)  # (B, T, 1)
    total = ops.sum(ops.where(inside, outputs, 0.0), axis=1)
    return total / ops.sum(ops.cast(inside, total.dtype), axis=1)


def max_over_time(outputs, last, lengths):
    """The greatest value of each unit: (B, T, H') -> (B, H')."""
    inside = steps_inside(outputs, lengths)  # (B, T, 1)
    return ops.max(ops.where(inside, outputs, -float("inf")), axis=1)


def mean_and_max(outputs, last, lengths):
    """Both, joined: (B, T, H') -> (B, 2H')."""
    pools = (mean_over_time, max_over_time)
    return ops.concatenate([p(outputs, last, lengths) for p in pools], axis=-1)


POOLS = {
    "last": last_state,
    "mean": mean_over_time,
    "max": max_over_time,
    "mean+max": mean_and_max,
}


def steps_inside(outputs, lengths):
    """Which steps are inside each sequence: (B, T, 1)."""
    if lengths is None:
        return ops.ones_like(outputs[..., :1], dtype="bool")
    return ops.expand_dims(mask_of(outputs, lengths), -1)
