"""From the outputs of all steps to one vector; padding never counts."""

import keras
from keras import ops

from keras_impl.scratch import sequence_mask


def final_hidden(outputs, state: list, lengths, bidirectional: bool):
    """The last h of each direction: (B, T, H') -> (B, H')."""
    # A mask freezes the state at each sequence's own end: layers.RNN hands
    # it out, and its gradient costs less than that of a slice of outputs.
    top = keras.tree.flatten(state[-1])  # (h,) or (h, c) of each direction
    each = len(top) // (1 + bidirectional)
    return ops.concatenate(top[::each], axis=-1)


def mean_over_time(outputs, state: list, lengths, bidirectional: bool):
    """The mean over the steps of each sequence: (B, T, H') -> (B, H')."""
    mask = sequence_mask(outputs, lengths)  # (B, T)
    if mask is None:
        return ops.mean(outputs, axis=1)
    mask = ops.cast(ops.expand_dims(mask, -1), outputs.dtype)  # (B, T, 1)
    return ops.sum(mask * outputs, axis=1) / ops.sum(mask, axis=1)


def max_over_time(outputs, state: list, lengths, bidirectional: bool):
    """The maximum over the steps of each sequence: (B, T, H') -> (B, H')."""
    mask = sequence_mask(outputs, lengths)  # (B, T)
    if mask is not None:
        mask = ops.expand_dims(mask, -1)  # (B, T, 1)
        outputs = ops.where(mask, outputs, -float("inf"))
    return ops.max(outputs, axis=1)


def mean_and_max(outputs, state: list, lengths, bidirectional: bool):
    """Both, joined: (B, T, H') -> (B, 2H')."""
    pools = (mean_over_time, max_over_time)
    pooled = [pool(outputs, state, lengths, bidirectional) for pool in pools]
    return ops.concatenate(pooled, axis=-1)


POOLS = {
    "last": final_hidden,
    "mean": mean_over_time,
    "max": max_over_time,
    "mean+max": mean_and_max,
}
