import jax
import jax.numpy as jnp
from jax import Array


def nucleus_probs(logits: Array, p: float) -> Array:
    """Probabilities of the nucleus, 0 elsewhere: (B, V)."""
    order = jnp.argsort(-logits, axis=1)
    ranked = jnp.take_along_axis(jax.nn.softmax(logits, axis=1), order, axis=1)
    before = jnp.cumsum(ranked, axis=1) - ranked  # (B, V)
    ranked = jnp.where(before < p, ranked, 0.0)
    places = jnp.argsort(order, axis=1)  # undoes the order
    probs = jnp.take_along_axis(ranked, places, axis=1)
    return probs / probs.sum(axis=1, keepdims=True)
