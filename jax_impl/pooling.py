"""From the outputs of all steps to one vector; padding never counts."""

import jax.numpy as jnp
from jax import Array

from jax_impl.recurrent import State
from jax_impl.scratch import sequence_mask


def final_hidden(
    outputs: Array,
    state: State | None,
    lengths: Array | None,
    bidirectional: bool,
) -> Array:
    """The last h of each direction: (B, T, H') -> (B, H')."""
    if lengths is None:  # with lengths, nnx.RNN returns no state
        last = outputs[:, -1]  # (B, H')
    else:
        last = outputs[jnp.arange(len(outputs)), lengths - 1]  # (B, H')
    if not bidirectional:
        return last
    hidden = outputs.shape[-1] // 2
    backward = outputs[:, 0, hidden:]  # it ends at the first step
    return jnp.concatenate((last[:, :hidden], backward), axis=-1)


def mean_over_time(
    outputs: Array,
    state: State | None,
    lengths: Array | None,
    bidirectional: bool,
) -> Array:
    """The mean over the steps of each sequence: (B, T, H') -> (B, H')."""
    if lengths is None:
        return outputs.mean(axis=1)
    mask = sequence_mask(outputs, lengths)[..., None]  # (B, T, 1)
    return outputs.mean(axis=1, where=mask)


def max_over_time(
    outputs: Array,
    state: State | None,
    lengths: Array | None,
    bidirectional: bool,
) -> Array:
    """The maximum over the steps of each sequence: (B, T, H') -> (B, H')."""
    if lengths is None:
        return outputs.max(axis=1)
    mask = sequence_mask(outputs, lengths)[..., None]  # (B, T, 1)
    return outputs.max(axis=1, where=mask, initial=-jnp.inf)


def mean_and_max(
    outputs: Array,
    state: State | None,
    lengths: Array | None,
    bidirectional: bool,
) -> Array:
    """Both, joined: (B, T, H') -> (B, 2H')."""
    pools = (mean_over_time, max_over_time)
    pooled = [pool(outputs, state, lengths, bidirectional) for pool in pools]
    return jnp.concatenate(pooled, axis=-1)


POOLS = {
    "last": final_hidden,
    "mean": mean_over_time,
    "max": max_over_time,
    "mean+max": mean_and_max,
}
