import jax
import jax.numpy as jnp
from jax import Array


def top_k_probs(logits: Array, k: int) -> Array:
    """Probabilities of the k largest logits, 0 elsewhere: (B, V)."""
    top, _ = jax.lax.top_k(logits, k)  # (B, k), descending
    least = top[:, -1:]
    return jax.nn.softmax(jnp.where(logits < least, -jnp.inf, logits), axis=1)
