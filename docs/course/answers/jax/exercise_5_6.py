import jax.numpy as jnp
import optax
from jax import Array


def tagging_loss(logits: Array, targets: Array) -> Array:
    """Mean cross-entropy of the valid steps: (B, T, K), (B, T) -> ()."""
    mask = targets >= 0  # (B, T)
    losses = optax.softmax_cross_entropy_with_integer_labels(
        logits, jnp.maximum(targets, 0)
    )  # (B, T)
    return jnp.mean(losses, where=mask)
