import optax
from jax import Array


def class_loss(logits: Array, targets: Array) -> Array:
    """Mean cross-entropy in nats: (B, K), (B) -> ()."""
    return optax.softmax_cross_entropy_with_integer_labels(
        logits, targets
    ).mean()
