import jax.numpy as jnp
from jax import Array


def dropout(x: Array, uniforms: Array, rate: float, training: bool) -> Array:
    """Inverted dropout, none at evaluation: (B, H) -> (B, H)."""
    if not training:
        return x
    return jnp.where(uniforms >= rate, x / (1 - rate), 0.0)
