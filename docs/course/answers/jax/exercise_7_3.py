import jax.numpy as jnp
from jax import Array


def bahdanau_scores(
    query: Array, memory: Array, w_query: Array, w_memory: Array, v: Array
) -> Array:
    """Scores of additive attention: (B, H), (B, T, H) -> (B, T)."""
    queries = (query @ w_query)[:, None]  # (B, 1, A)
    energy = jnp.tanh(queries + memory @ w_memory)  # (B, T, A)
    return energy @ v
