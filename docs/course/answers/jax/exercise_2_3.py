import jax
import jax.numpy as jnp
from jax import Array


def clip_gradients(
    d_w_ih: Array, d_w_hh: Array, d_b: Array, max_norm: float
) -> tuple[Array, ...]:
    """All gradients times min(1, max_norm / their global norm)."""
    gradients = d_w_ih, d_w_hh, d_b
    norm = jnp.sqrt(sum(jnp.sum(g**2) for g in gradients))
    scale = jnp.minimum(1.0, max_norm / norm)
    return jax.tree.map(lambda g: scale * g, gradients)
