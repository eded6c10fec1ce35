"""The losses in numpy, each with its gradient by the outputs."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from shared.reference.crf import crf_nll
from shared.reference.ctc import ctc
from shared.reference.softmax import log_softmax
from shared.specs import Array, ModelSpec
from shared.specs.video import HEADS


def token_nll(logits: Array, targets: Array) -> Array:
    """Nats: (B, T, V), (B, T) -> (B, T), 0 where the target is -1."""
    indices = np.maximum(targets, 0)[:, :, None]
    log_probs = np.take_along_axis(log_softmax(logits), indices, axis=2)
    return np.where(targets < 0, 0.0, -log_probs[:, :, 0])


def squared_error(outputs: Array, targets: Array) -> tuple[float, Array]:
    """Mean over B and K: two (B, K) -> (), (B, K)."""
    error = outputs - targets  # (B, K)
    return float(np.mean(error**2)), 2.0 * error / error.size


def pinball(
    outputs: Array, targets: Array, levels: tuple[float, ...]
) -> tuple[float, Array]:
    """Mean over B, K and Q: (..., K · Q), (..., K) -> (), (..., K · Q).

    The loss of Koenker and Bassett (1978, equation 3.1), least at the quantile
    of each level q: an error e = y - ŷ costs q e above ŷ and (q - 1) e below.
    """
    quantiles = outputs.reshape(*targets.shape, len(levels))
    error = targets[..., None] - quantiles  # (..., K, Q)
    slopes = np.array(levels) - (error < 0.0)
    gradient = -slopes.reshape(outputs.shape) / outputs.size
    return float(np.mean(slopes * error)), gradient


def cross_entropy(
    outputs: Array, targets: Array, smoothing: float = 0.0
) -> tuple[float, Array]:
    """Mean softmax cross-entropy: (B, K), (B,) classes -> (), (B, K).

    With label smoothing e the target has probability 1 - e + e/K and each other
    class e/K (Szegedy et al. 2016, section 7).
    """
    log_probs = log_softmax(outputs)
    wanted = np.full(outputs.shape, smoothing / outputs.shape[1])
    wanted[np.arange(len(targets)), targets] += 1.0 - smoothing
    loss = -np.sum(wanted * log_probs, axis=1)  # (B,)
    return float(np.mean(loss)), (np.exp(log_probs) - wanted) / len(targets)


def logistic(logits: Array, targets: Array) -> tuple[Array, Array]:
    """log(1 + exp(-s)) of each logit s, negated for target 0; its slope."""
    signs = np.where(targets == 1, 1.0, -1.0)
    slopes = -signs * np.exp(-np.logaddexp(0.0, signs * logits))
    return np.logaddexp(0.0, -signs * logits), slopes


def binary_cross_entropy(
    outputs: Array, targets: Array, smoothing: float = 0.0
) -> tuple[float, Array]:
    """Mean over B: logits (B, 1), classes 0 or 1 (B,) -> (), (B, 1).

    With label smoothing e the other class has probability e/2.
    """
    own, other = (logistic(outputs, y[:, None]) for y in (targets, 1 - targets))
    losses, slopes = (
        (1.0 - smoothing / 2) * a + smoothing / 2 * b
        for a, b in zip(own, other, strict=True)
    )
    return float(np.mean(losses)), slopes / len(targets)


def masked_cross_entropy(
    outputs: Array, targets: Array, smoothing: float = 0.0
) -> tuple[float, Array]:
    """Mean over the steps with a target; -1 marks padding.

    (B, T, K), (B, T) -> (), (B, T, K).
    """
    mask = targets >= 0  # (B, T)
    gradient = np.zeros(outputs.shape)
    loss, gradient[mask] = cross_entropy(
        outputs[mask], targets[mask], smoothing
    )
    return loss, gradient


def frame_cross_entropy(outputs: Array, targets: Array) -> tuple[float, Array]:
    """Mean over frames of the binary cross-entropy summed over keys.

    (B, T, K), (B, T, K) 0, 1, or -1 where there is no frame -> (), (B, T, K).
    """
    mask = targets >= 0  # (B, T, K)
    frames = mask[..., 0].sum()
    losses, slopes = logistic(outputs, targets)
    return float((losses * mask).sum() / frames), slopes * mask / frames


def multi_task(outputs: Array, targets: Array) -> tuple[float, Array]:
    """Sum of the losses of three heads, each a mean over all steps.

    (B, T, K), (B, T, 4) of `shared.specs.video` -> (), (B, T, K).
    """
    rows, gradient = targets.reshape(-1, 4), np.zeros(outputs.shape)
    flat, d_flat = (a.reshape(len(rows), -1) for a in (outputs, gradient))
    classes = rows[:, :2].astype(int)
    total = 0.0
    for head, loss, own in (
        (HEADS.direction, cross_entropy, classes[:, 0]),
        (HEADS.digit, cross_entropy, classes[:, 1]),
        (HEADS.position, squared_error, rows[:, 2:]),
    ):
        found, d_flat[:, head] = loss(flat[:, head], own)  # a view
        total += found
    return total, gradient


LOSSES: dict[str, Callable[..., tuple[Any, ...]]] = {
    "squared_error": squared_error,
    "pinball": pinball,
    "cross_entropy": cross_entropy,
    "binary_cross_entropy": binary_cross_entropy,
    "masked_cross_entropy": masked_cross_entropy,
    "frame_cross_entropy": frame_cross_entropy,
    "ctc": ctc,
    "multi_task": multi_task,
    "crf": crf_nll,
}
"""Outputs, targets -> mean loss, its gradient by the outputs.

That of a CRF also takes the weights of `shared.reference.crf.crf_weights`, and
has their gradients."""


def loss_of(
    spec: ModelSpec, smoothing: float = 0.0
) -> Callable[..., tuple[Any, ...]]:
    """The loss of a model, with label smoothing or levels of quantiles."""
    options: dict[str, Any] = {"smoothing": smoothing} if smoothing else {}
    if spec.quantile_levels:
        options["levels"] = spec.quantile_levels
    return partial(LOSSES[spec.loss], **options)
