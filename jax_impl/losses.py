"""The loss of each model, averaged over the batch."""

import optax
from jax import Array


def mean_squared_error(outputs: Array, targets: Array) -> Array:
    """Mean of squared errors: (B, K), (B, K) -> ()."""
    return optax.squared_error(outputs, targets).mean()


def cross_entropy(outputs: Array, targets: Array) -> Array:
    """Mean negative log-likelihood of classes (B,) under logits (B, K)."""
    losses = optax.softmax_cross_entropy_with_integer_labels(outputs, targets)
    return losses.mean()  # over (B,)


LOSSES = {"forecaster": mean_squared_error, "classifier": cross_entropy}
