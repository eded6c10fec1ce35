import jax
import jax.numpy as jnp
from jax import Array


def attend(query: Array, memory: Array, mask: Array) -> tuple[Array, Array]:
    """Context (B, H) and weights (B, T) of a query over the valid steps."""
    scores = jnp.einsum("bh,bth->bt", query, memory)
    scores = jnp.where(mask, scores, -jnp.inf)
    weights = jax.nn.softmax(scores, axis=1)
    context = jnp.einsum("bt,bth->bh", weights, memory)
    return context, weights
