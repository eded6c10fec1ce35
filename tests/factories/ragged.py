"""Examples of many lengths."""

from __future__ import annotations

import numpy as np

from shared.specs import Split


def ragged(count: int = 1000, longest: int = 20) -> Split:
    rng = np.random.default_rng(0)
    lengths = rng.integers(1, longest + 1, count).astype(np.int32)
    lengths[0] = longest
    x = np.zeros((count, longest), np.int32)
    for row, length in enumerate(lengths):
        x[row, :length] = rng.integers(1, 9, length)
    return Split(x, np.arange(count, dtype=np.int32), lengths)


def marked(lengths: np.ndarray) -> Split:
    """Examples whose first index, and whose target, is their row."""
    x = np.zeros((len(lengths), lengths.max()), np.int32)
    for row, length in enumerate(lengths):
        x[row, :length] = row + 1
    return Split(x, np.arange(len(lengths), dtype=np.int32), lengths)
