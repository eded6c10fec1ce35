import jax.numpy as jnp
import optax
from jax import Array


def perplexity(logits: Array, targets: Array) -> Array:
    """e to the mean loss of all tokens: (B, T, V), (B, T) -> ()."""
    losses = optax.softmax_cross_entropy_with_integer_labels(
        logits, targets
    )  # (B, T)
    loss = jnp.mean(losses)
    return jnp.exp(loss)
