"""Targets without an alignment: the labels of a sequence, not of its steps.

y (N, 1 + U) int16: the number of frames of each example, then its labels, from
1 up, and -1 past the last. Class 0 is the blank.
"""

from collections.abc import Iterator

import numpy as np

from shared.specs.data import LABELS

BLANK = 0
"""The class of no label."""


def label_targets(
    sequences: list[np.ndarray], frames: np.ndarray
) -> np.ndarray:
    """Label sequences (U,) and numbers of frames (N,) as y (N, 1 + U)."""
    longest = max(map(len, sequences), default=0)
    y = np.full((len(sequences), 1 + longest), -1, LABELS)
    y[:, 0] = frames
    for row, labels in zip(y, sequences, strict=True):
        row[1 : 1 + len(labels)] = labels
    return y


def label_sequences(y: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """The number of frames and the labels (U,) of each example."""
    for frames, *labels in y.astype(int):
        yield frames, np.array([n for n in labels if n >= 0], int)


def frames_needed(labels: np.ndarray) -> int:
    """The fewest frames that can have these labels.

    One for each, and one for the blank between two equal ones.
    """
    return len(labels) + int(np.sum(labels[1:] == labels[:-1]))
