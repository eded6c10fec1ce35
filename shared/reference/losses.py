"""The losses in numpy, each with its gradient."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Loss = Callable[..., tuple[float, np.ndarray]]
"""Outputs and targets, and for the masked one a smoothing -> mean loss, its
gradient by the outputs."""


def squared_error(
    outputs: np.ndarray, targets: np.ndarray
) -> tuple[float, np.ndarray]:
    """Mean over B and K: two (B, K) -> (), (B, K)."""
    error = outputs - targets  # (B, K)
    return float(np.mean(error**2)), 2.0 * error / error.size


def cross_entropy(
    outputs: np.ndarray, targets: np.ndarray, smoothing: float = 0.0
) -> tuple[float, np.ndarray]:
    """Mean softmax cross-entropy: (B, K), (B,) classes -> (), (B, K).

    With label smoothing e the target has probability 1 - e + e/K and each other
    class e/K (Szegedy et al. 2016, section 7).
    """
    rows = np.arange(len(targets))
    shifted = outputs - outputs.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    wanted = np.full(outputs.shape, smoothing / outputs.shape[1])
    wanted[rows, targets] += 1.0 - smoothing
    loss = -np.sum(wanted * logs, axis=1)  # (B,)
    return float(np.mean(loss)), (np.exp(logs) - wanted) / len(targets)


def binary_cross_entropy(
    outputs: np.ndarray, targets: np.ndarray
) -> tuple[float, np.ndarray]:
    """Mean of log(1 + exp(-s)), s the logit, negated for class 0.

    Logits (B, 1), classes 0 or 1 (B,) -> (), (B, 1).
    """
    signs = np.where(targets == 1, 1.0, -1.0)[:, None]  # (B, 1)
    loss = np.logaddexp(0.0, -signs * outputs)
    gradient = -signs * np.exp(-np.logaddexp(0.0, signs * outputs))
    return float(np.mean(loss)), gradient / len(targets)


def masked_cross_entropy(
    outputs: np.ndarray, targets: np.ndarray, smoothing: float = 0.0
) -> tuple[float, np.ndarray]:
    """Mean over the steps with a target; -1 marks padding.

    (B, T, K), (B, T) -> (), (B, T, K).
    """
    inside = targets >= 0  # (B, T)
    gradient = np.zeros(outputs.shape)
    loss, gradient[inside] = cross_entropy(
        outputs[inside], targets[inside], smoothing
    )
    return loss, gradient


def frame_cross_entropy(
    outputs: np.ndarray, targets: np.ndarray
) -> tuple[float, np.ndarray]:
    """Mean over frames of the binary cross-entropy summed over keys.

    (B, T, K), (B, T, K) 0, 1, or -1 where there is no frame -> (), (B, T, K).
    """
    inside = targets >= 0  # (B, T, K)
    frames = inside[..., 0].sum()
    signs = np.where(targets == 1, 1.0, -1.0)
    losses = np.logaddexp(0.0, -signs * outputs) * inside
    shares = -signs * np.exp(-np.logaddexp(0.0, signs * outputs)) * inside
    return float(losses.sum() / frames), shares / frames


LOSSES: dict[str, Loss] = {
    "squared_error": squared_error,
    "cross_entropy": cross_entropy,
    "binary_cross_entropy": binary_cross_entropy,
    "masked_cross_entropy": masked_cross_entropy,
    "frame_cross_entropy": frame_cross_entropy,
}
