"""The loss of each model, averaged over the batch; Keras: targets first."""

from keras import losses, ops


def mean_squared_error(targets, outputs):
    """Mean of squared errors: (B, K), (B, K) -> ()."""
    return ops.mean(losses.mean_squared_error(targets, outputs))


def cross_entropy(targets, outputs):
    """Mean negative log-likelihood of classes (B,) under logits (B, K)."""
    return ops.mean(
        losses.sparse_categorical_crossentropy(
            targets, outputs, from_logits=True
        )
    )


def binary_cross_entropy(targets, outputs):
    """Mean negative log-likelihood of 0 or 1 (B,) under logits (B, 1)."""
    logits = ops.reshape(outputs, (-1,))
    targets = ops.cast(ops.reshape(targets, (-1,)), logits.dtype)
    return ops.mean(ops.binary_crossentropy(targets, logits, from_logits=True))


def masked_cross_entropy(targets, outputs):
    """Mean over the steps with a tag: logits (B, T, K), (B, T), -1: none."""
    inside = targets >= 0  # (B, T)
    found = ops.sparse_categorical_crossentropy(
        ops.maximum(targets, 0), outputs, from_logits=True
    )
    total = ops.sum(ops.where(inside, found, 0.0))
    return total / ops.sum(ops.cast(inside, total.dtype))


LOSSES = {
    "squared_error": mean_squared_error,
    "cross_entropy": cross_entropy,
    "binary_cross_entropy": binary_cross_entropy,
    "masked_cross_entropy": masked_cross_entropy,
}
