"""The arrays that cross a border between packages."""

from typing import NamedTuple

import numpy as np

PARTS = ("train", "validation", "test")
"""The splits of a data set."""

LABELS = np.int16
"""The type of targets that are labels of a sequence, not of its steps."""

Array = np.ndarray
Weights = dict[str, Array]
"""Canonical name -> array; see `shared.weights.layout` for names and shapes."""


class Split(NamedTuple):
    """Examples of one part of a dataset.

    x: (N, T, D) float32 values or (N, T) int32 indices, padded with 0, in a
        smaller integer type where the text is long (`as_indices` gives
        int32), or
        (N, T, 1 + C) int32: each word's index and those of its characters,
        or (N, T, 2 + C): of word, shape, and characters,
        or (N, T, 2) int32: the source, and what the decoder reads;
    y: (N, K) or (N, T, K) float32 targets, (N,) int32 classes, (N, T)
        int32 tags or next tokens, (N, T, K) int8 keys that sound or
        not, or (N, 1 + U) LABELS, the number of frames and the labels of
        each; -1 where there is none; of video as in `shared.specs.video`;
    lengths: (N,) int32, or None where every example has T steps.
    """

    x: np.ndarray
    y: np.ndarray
    lengths: np.ndarray | None


class Batch(NamedTuple):
    """One training batch: a `Split` and whose tokens its decoder reads.

    sample_mask: (B, T) bool, true where the decoder reads its own prediction;
        None where it reads the target at every step.
    """

    x: np.ndarray
    y: np.ndarray
    lengths: np.ndarray | None
    sample_mask: np.ndarray | None
