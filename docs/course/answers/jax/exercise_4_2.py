import jax.numpy as jnp
from jax import Array


def last_state(outputs: Array, lengths: Array) -> Array:
    """The last valid state of each sequence: (B, T, H) -> (B, H)."""
    rows = jnp.arange(len(outputs))
    return outputs[rows, lengths - 1]
