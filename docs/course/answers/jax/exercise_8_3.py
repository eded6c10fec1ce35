import jax.numpy as jnp
from jax import Array


def pinball_loss(forecast: Array, y: Array, levels: Array) -> Array:
    """Mean quantile loss: (B, Q), (B), (Q) -> ()."""
    error = y[:, None] - forecast  # (B, Q)
    return jnp.mean(jnp.maximum(levels * error, (levels - 1) * error))
