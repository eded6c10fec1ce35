"""Prediction and scoring in chunks of bounded memory."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

PREDICTION_CHUNK = 256
"""Examples that one call of a forward pass takes when predicting."""
SHORT = 4
"""T is so many times the padded length of a chunk of short examples."""


def predict_in_chunks(
    forward: Callable[[np.ndarray, np.ndarray | None], np.ndarray],
    x: np.ndarray,
    lengths: np.ndarray | None,
) -> np.ndarray:
    """Apply forward to chunks of one size: outputs (N, K) or (N, T, K).

    The last chunk is filled up with other examples, and one of short
    examples is cut to a quarter of T: a compiled forward pass meets two
    shapes. Outputs of steps that were cut off are 0.
    """
    count, steps = len(x), x.shape[1]
    order, size = np.arange(count), min(count, PREDICTION_CHUNK)
    if lengths is not None:
        order = np.argsort(lengths, kind="stable")
    outputs = np.empty(0)
    for start in range(0, count, size):
        rows = order[np.arange(start, start + size) % count]
        ends = None if lengths is None else lengths[rows]
        width = _chunk_steps(steps, ends)
        found = forward(x[rows, :width], ends)
        if found.ndim > 2:  # an output for each step
            missing = [(0, 0), (0, steps - width), (0, 0)]
            found = np.pad(found, missing)
        if not start:
            outputs = np.empty((count, *found.shape[1:]), found.dtype)
        kept = rows[: count - start]
        outputs[kept] = found[: len(kept)]
    return outputs


def _chunk_steps(steps: int, lengths: np.ndarray | None) -> int:
    """The padded length of a chunk: a quarter of T, or T."""
    short = -(-steps // SHORT)
    few = lengths is not None and lengths.max() <= short
    return short if few else steps


SCORING_CHUNK = 64
"""Examples that go through a model at once."""


def score_in_chunks(
    forward: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray],
    x: np.ndarray,
    y: np.ndarray,
    lengths: np.ndarray,
) -> np.ndarray:
    """The scores (N, T, 2) by a forward pass of x, y and lengths.

    The last chunk is filled up with other examples, so that a compiled pass
    meets one shape.
    """
    count, size = len(x), min(len(x), SCORING_CHUNK)
    scores = np.zeros((*y.shape, 2))
    for start in range(0, count, size):
        rows = np.arange(start, start + size) % count
        chunk = forward(x[rows], y[rows], lengths[rows])
        kept = rows[: count - start]
        scores[kept] = chunk[: len(kept)]
    return scores
