"""Prediction and scoring in chunks of bounded memory."""

from collections.abc import Callable, Iterator

import numpy as np

from shared.batching.indices import as_indices

PREDICTION_CHUNK = 256
"""Examples that one call of a forward pass takes when predicting."""
SCORING_CHUNK = 64
"""Examples that one call takes when scoring."""
SHORT = 4
"""T is so many times the padded length of a chunk of short examples."""


def predict_in_chunks(
    forward: Callable[[np.ndarray, np.ndarray | None], np.ndarray],
    x: np.ndarray,
    lengths: np.ndarray | None,
) -> np.ndarray:
    """Apply forward to chunks of one size: outputs (N, K) or (N, T, K).

    A chunk of short examples is cut to a quarter of T: a compiled forward pass
    meets two shapes. Outputs of steps that were cut off are 0.
    """
    count, steps = len(x), x.shape[1]
    short = -(-steps // SHORT)
    order, outputs = np.arange(count), np.empty(0)
    if lengths is not None:
        order = np.argsort(lengths, kind="stable")
    for places, new in _chunks(count, PREDICTION_CHUNK):
        rows = order[places]
        ends = None if lengths is None else lengths[rows]
        width = short if ends is not None and ends.max() <= short else steps
        found = forward(as_indices(x[rows, :width]), ends)
        if found.ndim > 2:  # an output for each step
            found = np.pad(found, [(0, 0), (0, steps - width), (0, 0)])
        if not len(outputs):
            outputs = np.empty((count, *found.shape[1:]), found.dtype)
        outputs[rows[:new]] = found[:new]
    return outputs


def score_in_chunks(
    forward: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray],
    x: np.ndarray,
    y: np.ndarray,
    lengths: np.ndarray,
) -> np.ndarray:
    """The scores (N, T, 2) by a forward pass of x, y and lengths."""
    scores = np.zeros((*y.shape, 2))
    for rows, new in _chunks(len(x), SCORING_CHUNK):
        scores[rows[:new]] = forward(x[rows], y[rows], lengths[rows])[:new]
    return scores


def _chunks(count: int, most: int) -> Iterator[tuple[np.ndarray, int]]:
    """Rows of each chunk, and how many of them are new.

    The last chunk is filled up with other examples, so that a compiled pass
    meets one shape.
    """
    size = min(count, most)
    for start in range(0, count, size):
        yield np.arange(start, start + size) % count, min(size, count - start)
