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


LOSSES = {"forecaster": mean_squared_error, "classifier": cross_entropy}
