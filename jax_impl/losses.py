"""The loss of each model, averaged over the batch."""

from collections.abc import Callable
from functools import cache, partial

import jax.numpy as jnp
import optax
from flax import nnx
from jax import Array
from jax.nn import logsumexp, one_hot

from jax_impl.crf import crf_nll
from shared.specs.ctc import BLANK
from shared.specs.video import HEADS


def mean_squared_error(outputs: Array, targets: Array) -> Array:
    """Mean of squared errors: (B, K), (B, K) -> ()."""
    return optax.squared_error(outputs, targets).mean()


def pinball(outputs: Array, targets: Array, levels: tuple[float, ...]) -> Array:
    """Mean over the quantiles of these levels: (B, K · Q), (B, K) -> ()."""
    quantiles = outputs.reshape(*targets.shape, len(levels))  # (B, K, Q)
    errors = targets[..., None] - quantiles
    above = jnp.asarray(levels, errors.dtype)  # what an error above costs
    return jnp.maximum(above * errors, (above - 1) * errors).mean()


def cross_entropy(
    outputs: Array, targets: Array, smoothing: float = 0.0
) -> Array:
    """Mean negative log-likelihood of classes (B,) under logits (B, K)."""
    if smoothing:
        classes = one_hot(targets, outputs.shape[1], dtype=outputs.dtype)
        probs = optax.smooth_labels(classes, smoothing)  # (B, K)
        return optax.softmax_cross_entropy(outputs, probs).mean()
    losses = optax.softmax_cross_entropy_with_integer_labels(outputs, targets)
    return losses.mean()  # over (B,)


def binary_cross_entropy(
    outputs: Array, targets: Array, smoothing: float = 0.0
) -> Array:
    """Mean negative log-likelihood of 0 or 1 (B,) under logits (B, 1)."""
    probs = (1 - smoothing) * targets + smoothing / 2
    return optax.sigmoid_binary_cross_entropy(outputs[:, 0], probs).mean()


def masked_cross_entropy(
    outputs: Array, targets: Array, smoothing: float = 0.0
) -> Array:
    """Mean over the steps with a target: (B, T, K), (B, T), -1: none."""
    losses = step_losses(outputs, targets)  # (B, T)
    if smoothing:
        spread = logsumexp(outputs, axis=-1) - outputs.mean(axis=-1)
        losses = (1 - smoothing) * losses + smoothing * spread
    return losses.mean(where=targets >= 0)


def frame_cross_entropy(outputs: Array, targets: Array) -> Array:
    """Mean over frames of the sum over keys: both (B, T, K), -1: none."""
    losses = optax.sigmoid_binary_cross_entropy(outputs, targets)
    mask = targets >= 0
    return losses.sum(where=mask) / mask[..., 0].sum()


def ctc(outputs: Array, targets: Array) -> Array:
    """Mean of -log p(labels): (B, T, K), (B, 1 + U) frames and labels."""
    frames, labels = targets[:, :1], targets[:, 1:]  # (B, 1), (B, U)
    past_end = jnp.arange(outputs.shape[1]) >= frames  # (B, T)
    losses = optax.ctc_loss(
        outputs,
        past_end.astype(outputs.dtype),
        labels,
        (labels < 0).astype(outputs.dtype),
        blank_id=BLANK,
    )
    return losses.mean()  # over (B,)


def multi_task(outputs: Array, targets: Array) -> Array:
    """Sum of three heads' means over all steps: (B, T, K), (B, T, 4) -> ()."""
    classes = targets[..., :2].astype(int)  # (B, T, 2)
    return (
        cross_entropy(outputs[..., HEADS.direction], classes[..., 0])
        + cross_entropy(outputs[..., HEADS.digit], classes[..., 1])
        + mean_squared_error(outputs[..., HEADS.position], targets[..., 2:])
    )


def step_losses(outputs: Array, targets: Array) -> Array:
    """Negative log-likelihood of each step (B, T), 0 without a target."""
    return optax.softmax_cross_entropy_with_integer_labels(
        outputs, targets, where=targets >= 0
    )


@cache
def build_loss(
    name: str, smoothing: float, levels: tuple[float, ...] = ()
) -> Callable:
    """The loss function of this name, with label smoothing or quantiles."""
    options = {"smoothing": smoothing} if smoothing else {}
    if levels:
        options["levels"] = levels
    return partial(LOSSES[name], **options) if options else LOSSES[name]


def loss_weights(model: nnx.Module) -> tuple[nnx.Module, ...]:
    """What the loss reads besides the outputs: the CRF of a model, if any."""
    return (model.crf,) if model.spec.crf else ()


LOSSES = {
    "squared_error": mean_squared_error,
    "pinball": pinball,
    "cross_entropy": cross_entropy,
    "binary_cross_entropy": binary_cross_entropy,
    "masked_cross_entropy": masked_cross_entropy,
    "frame_cross_entropy": frame_cross_entropy,
    "ctc": ctc,
    "multi_task": multi_task,
    "crf": crf_nll,
}
