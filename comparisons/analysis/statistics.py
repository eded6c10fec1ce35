"""What may be said of differences: tests paired by seed.

Runs of one seed share data, batches and (matched) first weights, so every
test compares runs of the same seed.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

LEVEL = 0.05
"""Largest p-value at which a difference is named."""

RESAMPLES = 9999
"""Resamples of a bootstrap."""

NEGLIGIBLE = 1e-3
"""Relative difference below which a difference is not worth a name."""

SMALL = 1e-3
"""Scores from here on are written with four decimals."""


@dataclass(frozen=True)
class Comparison:
    """Two names, their means and Holm's p-value of the paired t-test.

    p is NaN where one seed allows no test.
    """

    first: Any
    second: Any
    first_mean: float
    second_mean: float
    p: float

    @property
    def differ(self) -> bool:
        """Whether the test supports a difference that is worth a name."""
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
    samples: Mapping[Any, Mapping[int, float]],
    pairs: Sequence[tuple[Any, Any]] | None = None,
) -> list[Comparison]:
    """All pairs (or the given ones) of samples, each a value by seed."""
    chosen = pairs or list(itertools.combinations(samples, 2))
    shared = [sorted(samples[a].keys() & samples[b]) for a, b in chosen]
    values = [
        (
            [samples[a][seed] for seed in seeds],
            [samples[b][seed] for seed in seeds],
        )
        for (a, b), seeds in zip(chosen, shared)
    ]
    p_values = holm([paired_p(x, y) for x, y in values])
    return [
        Comparison(a, b, mean(x), mean(y), p)
        for (a, b), (x, y), p in zip(chosen, values, p_values)
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
    """The mean, NaN of nothing."""
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


def score_form(value: float) -> str:
    """How a score is written: four decimals would hide a small one."""
    return ".1e" if 0.0 < abs(value) < SMALL else ".4f"


def number(value: Any, form: str) -> str:
    """A formatted number; a dash where there is none."""
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    return "-" if missing else format(value, form)
