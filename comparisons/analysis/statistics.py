"""Paired tests over seeds, their correction, and intervals of means.

Runs of one seed share data, batches and (matched) first weights, so every
test compares runs of the same seed.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

Name = TypeVar("Name", bound=Hashable)

LEVEL = 0.05
"""Significance level."""

RESAMPLES = 9999
"""Resamples of a bootstrap."""

NEGLIGIBLE = 1e-3
"""Relative difference below which a difference is not worth a name."""


@dataclass(frozen=True)
class Comparison(Generic[Name]):
    """Two samples, their means, and the p-value of the paired t-test.

    p is adjusted by Holm's method, NaN for fewer than two shared seeds.
    """

    first: Name
    second: Name
    first_mean: float
    second_mean: float
    p: float
    seeds: int = 0

    @property
    def differ(self) -> bool:
        """Whether the difference is significant and not negligible."""
        low, high = sorted((abs(self.first_mean), abs(self.second_mean)))
        return self.p < LEVEL and high - low > NEGLIGIBLE * high


def paired_p(first: Sequence[float], second: Sequence[float]) -> float:
    """Two-sided p-value of a paired t-test; NaN for fewer than two pairs."""
    # scipy.stats takes longer to import than all of a report's tests.
    from scipy.special import stdtr

    gaps = np.subtract(first, second)
    if len(gaps) < 2:
        return math.nan
    if np.allclose(gaps, gaps[0], rtol=0.0, atol=1e-15):
        return 1.0 if abs(gaps[0]) <= 1e-15 else 0.0
    t = np.mean(gaps) / (np.std(gaps, ddof=1) / math.sqrt(len(gaps)))
    return float(2.0 * stdtr(len(gaps) - 1, -abs(t)))


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values for a family of tests (Holm 1979)."""
    adjusted = [math.nan] * len(p_values)
    known = [i for i, p in enumerate(p_values) if not math.isnan(p)]
    largest = 0.0
    for rank, i in enumerate(sorted(known, key=lambda i: p_values[i])):
        scaled = min(1.0, (len(known) - rank) * p_values[i])
        largest = max(largest, scaled)
        adjusted[i] = largest
    return adjusted


def compare_pairs(
    samples: Mapping[Name, Mapping[int, float]],
    pairs: Sequence[tuple[Name, Name]] | None = None,
) -> list[Comparison[Name]]:
    """All pairs (or the given ones) of samples, each a value by seed.

    The pairs are one family of tests.
    """
    if pairs is None:
        pairs = list(itertools.combinations(samples, 2))
    shared = [sorted(samples[a].keys() & samples[b]) for a, b in pairs]
    values = [
        (
            [samples[a][seed] for seed in seeds],
            [samples[b][seed] for seed in seeds],
        )
        for (a, b), seeds in zip(pairs, shared)
    ]
    p_values = holm([paired_p(x, y) for x, y in values])
    return [
        Comparison(a, b, mean(x), mean(y), p, len(x))
        for (a, b), (x, y), p in zip(pairs, values, p_values)
    ]


def bootstrap_interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of a mean: percentiles of means of resamples.

    NaN for fewer than two values. The resamples are drawn with a fixed
    seed, so that the same values have the same interval.
    """
    if len(values) < 2:
        return math.nan, math.nan
    rng = np.random.default_rng(0)
    drawn = rng.integers(0, len(values), (RESAMPLES, len(values)))
    means = np.asarray(values, dtype=float)[drawn].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def mean(values: Sequence[float]) -> float:
    """NaN of nothing."""
    return float(np.mean(values)) if len(values) else math.nan


def spread(values: Sequence[float]) -> float:
    """The sample standard deviation, NaN of fewer than two."""
    return float(np.std(values, ddof=1)) if len(values) > 1 else math.nan


def quartiles(values: Sequence[float]) -> tuple[float, float]:
    """The median and the interquartile range, NaN of nothing."""
    if not len(values):
        return math.nan, math.nan
    low, middle, high = np.percentile(values, [25, 50, 75])
    return float(middle), float(high - low)
