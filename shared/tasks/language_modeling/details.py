"""What is said, recorded and shown of language models and their data."""

from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import Any

import numpy as np

from shared.task import Dataset
from shared.text.summary import WIDTH

WORST = 10
"""Characters with the highest loss that a run records."""

LEAST_SHARE = 1e-3
"""The share of a text that a character has to be for that."""

RANKS = (10, 100, 1000, 10_000)
"""Where groups of words end, the most frequent first."""


def summarize(dataset: Dataset) -> list[str]:
    metadata = dataset.metadata
    sizes = metadata["symbols"]
    lines = [
        f"{sizes['train']:,} {metadata['unit']}s for training, "
        f"{sizes['validation']:,} for validation, {sizes['test']:,} for test",
        f"split: {metadata['split']}",
        f"vocabulary: {metadata['vocabulary_size']:,} {metadata['unit']}s",
        *metadata["notes"],
    ]
    return [
        part
        for line in lines
        for part in textwrap.wrap(line, WIDTH, subsequent_indent="  ")
    ]


def by_position(outputs: np.ndarray, dataset: Dataset) -> list[float]:
    """Mean loss at each position of a window: (N, T) -> at most T."""
    real = dataset.test.y >= 0
    counts = real.sum(axis=0)
    sums = np.where(real, outputs, 0.0).sum(axis=0)
    means = sums[counts > 0] / counts[counts > 0]
    return [round(float(value), 4) for value in means]


def worst_symbols(
    outputs: np.ndarray, dataset: Dataset
) -> list[dict[str, Any]]:
    """The characters of highest mean loss, rare ones excluded."""
    counts, means = _by_group(outputs, dataset, dataset.test.y)
    common = np.flatnonzero(counts >= LEAST_SHARE * counts.sum())
    order = common[np.argsort(-means[common], kind="stable")]
    vocabulary = dataset.arrays["vocabulary"]
    return [
        _row(repr(vocabulary[i]), counts[i], means[i]) for i in order[:WORST]
    ]


def by_frequency(outputs: np.ndarray, dataset: Dataset) -> list[dict[str, Any]]:
    """Mean loss on the 10 most frequent words, the next 90, and so on."""
    y = dataset.test.y
    counts, means = _by_group(
        outputs, dataset, np.searchsorted(RANKS, y, "right")
    )
    size = dataset.metadata["vocabulary_size"]
    ends = [0, *RANKS, size]
    names = [f"{a + 1:,} to {min(b, size):,}" for a, b in pairwise(ends)]
    found = zip(names, counts, means, strict=False)
    return [_row(*row) for row in found if row[1]]


def _by_group(
    outputs: np.ndarray, dataset: Dataset, groups: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Count and mean loss of each group (N, T) of tokens: (groups,)."""
    real = dataset.test.y >= 0
    counts = np.bincount(groups[real])
    sums = np.bincount(groups[real], outputs[real])
    return counts, sums / np.maximum(counts, 1)


def _row(of: str, count: int, nats: float) -> dict[str, Any]:
    return {"of": of, "count": int(count), "nats": round(float(nats), 4)}
