"""What a classifier reads of all steps; past an end no step counts."""

import jax.numpy as jnp
from jax import Array


def last_state(outputs: Array, last: Array, lengths: Array | None) -> Array:
    """The last state of each direction: (B, H')."""
    return last


def mean_over_time(outputs: Array, last: Array, lengths: Array | None) -> Array:
    """The mean of the steps inside each sequence: (B, T, H') -> (B, H')."""
    inside = steps_inside(outputs, lengths)  # (B, T, 1)
    return outputs.mean(axis=1, where=inside)


def max_over_time(outputs: Array, last: Array, lengths: Array | None) -> Array:
    """The greatest value of each unit: (B, T, H') -> (B, H')."""
    inside = steps_inside(outputs, lengths)  # (B, T, 1)
    return outputs.max(axis=1, where=inside, initial=-jnp.inf)


def mean_and_max(outputs: Array, last: Array, lengths: Array | None) -> Array:
    """Both, joined: (B, T, H') -> (B, 2H')."""
    pools = (mean_over_time, max_over_time)
    return jnp.concatenate([p(outputs, last, lengths) for p in pools], axis=-1)


POOLS = {
    "last": last_state,
    "mean": mean_over_time,
    "max": max_over_time,
    "mean+max": mean_and_max,
}


def steps_inside(outputs: Array, lengths: Array | None) -> Array:
    """Which steps are inside each sequence: (B, T, 1)."""
    if lengths is None:
        return jnp.ones_like(outputs[..., :1], dtype=bool)
    return (jnp.arange(outputs.shape[1]) < lengths[:, None])[:, :, None]
