"""The loss of each model, averaged over the batch."""

from collections.abc import Callable
from functools import cache, partial

from keras import losses, ops

from keras_impl.crf import crf_nll


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


def masked_cross_entropy(targets, outputs, smoothing: float = 0.0):
    """Mean over the steps with a target: (B, T, K), (B, T), -1: none."""
    losses = step_losses(targets, outputs)  # (B, T)
    mask = ops.cast(targets >= 0, losses.dtype)
    if smoothing:
        uniform = ops.logsumexp(outputs, axis=-1) - ops.mean(outputs, axis=-1)
        losses = (1 - smoothing) * losses + smoothing * uniform * mask
    return ops.sum(losses) / ops.sum(mask)


def frame_cross_entropy(targets, outputs):
    """Mean over frames of the sum over keys: both (B, T, K), -1: none."""
    mask = ops.cast(targets >= 0, outputs.dtype)
    keys = ops.cast(ops.maximum(targets, 0), outputs.dtype)
    losses = ops.binary_crossentropy(keys, outputs, from_logits=True)
    return ops.sum(losses * mask) / ops.sum(mask[..., 0])


def step_losses(targets, outputs):
    """Negative log-likelihood of each step (B, T), 0 without a target."""
    losses = ops.sparse_categorical_crossentropy(
        ops.maximum(targets, 0), outputs, from_logits=True
    )
    return ops.where(targets >= 0, losses, 0.0)


@cache
def build_loss(name: str, smoothing: float) -> Callable:
    """The loss function of this name, with label smoothing."""
    if not smoothing:
        return LOSSES[name]
    return partial(LOSSES[name], smoothing=smoothing)


LOSSES = {
    "squared_error": mean_squared_error,
    "cross_entropy": cross_entropy,
    "binary_cross_entropy": binary_cross_entropy,
    "masked_cross_entropy": masked_cross_entropy,
    "frame_cross_entropy": frame_cross_entropy,
    "crf": crf_nll,
}
