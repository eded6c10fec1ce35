import jax.numpy as jnp
from jax import Array


def valid_mask(lengths: Array, steps: int) -> Array:
    """True at the valid steps: (B) -> (B, T)."""
    return jnp.arange(steps) < lengths[:, None]
