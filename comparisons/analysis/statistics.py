"""Paired tests over seeds, their correction, and intervals of means.

Runs of one seed share data, batches and (matched) first weights, so every
test compares runs of the same seed.
"""

import itertools
import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import numpy as np

Name = TypeVar("Name", bound=Hashable)

LEVEL = 0.05
"""Significance level."""

RESAMPLES = 9999
"""Resamples of a bootstrap."""

MANY = 500
"""Values beyond which the mean is so near to normal that none is needed."""

NORMAL = 1.959964
"""The 97.5 % quantile of the normal distribution."""

NEGLIGIBLE = 1e-3
"""Relative difference below which a difference is not worth a name."""

BEST: dict[str, Callable[..., Any]] = {"lower": min, "higher": max}


@dataclass(frozen=True)
class PairedTest(Generic[Name]):
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
    def tested(self) -> bool:
        return not math.isnan(self.p)

    @property
    def differ(self) -> bool:
        """Whether the difference is significant and not negligible."""
        low, high = sorted((abs(self.first_mean), abs(self.second_mean)))
        return self.p < LEVEL and high - low > NEGLIGIBLE * high


def paired_p(first: Sequence[float], second: Sequence[float]) -> float:
    """Two-sided p-value of a paired t-test; NaN for fewer than two pairs."""
    gaps = np.subtract(first, second)
    if len(gaps) < 2:
        return math.nan
    # scipy.stats takes longer to import than all of a report's tests.
    from scipy.special import stdtr

    if np.allclose(gaps, gaps[0], rtol=0.0, atol=1e-15):
        return 1.0 if abs(gaps[0]) <= 1e-15 else 0.0
    t = np.mean(gaps) / (np.std(gaps, ddof=1) / math.sqrt(len(gaps)))
    return float(2.0 * stdtr(len(gaps) - 1, -abs(t)))


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values for a family of tests (Holm 1979); NaN is none."""
    p = np.asarray(p_values, dtype=float)
    order, count = np.argsort(p), np.count_nonzero(~np.isnan(p))  # NaN last
    scaled = np.minimum(1.0, (count - np.arange(len(p))) * p[order])
    p[order] = np.maximum.accumulate(scaled)
    return [float(value) for value in p]


def compare_pairs(
    samples: Mapping[Name, Mapping[int, float]],
    pairs: Sequence[tuple[Name, Name]] | None = None,
) -> list[PairedTest[Name]]:
    """All pairs (or the given ones) of samples, each a value by seed.

    The pairs are one family of tests.
    """
    tests = []
    for names in itertools.combinations(samples, 2) if pairs is None else pairs:
        first, second = (samples[name] for name in names)
        seeds = sorted(first.keys() & second)
        x, y = [first[s] for s in seeds], [second[s] for s in seeds]
        p = paired_p(x, y)
        tests.append(PairedTest(*names, mean(x), mean(y), p, len(seeds)))
    adjusted = holm([test.p for test in tests])
    return [replace(test, p=p) for test, p in zip(tests, adjusted)]


def bootstrap_interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of a mean: percentiles of means of resamples.

    NaN for fewer than two values; of more than MANY the limit, a normal
    distribution's. The resamples are drawn with a fixed seed, so that the same
    values have the same interval.
    """
    if len(values) < 2:
        return math.nan, math.nan
    if len(values) > MANY:
        margin = NORMAL * spread(values) / math.sqrt(len(values))
        return mean(values) - margin, mean(values) + margin
    rng = np.random.default_rng(0)
    drawn = rng.integers(0, len(values), (RESAMPLES, len(values)))
    means = np.asarray(values)[drawn].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def mean(values: Iterable[float]) -> float:
    """NaN of nothing."""
    values = list(values)
    return float(np.mean(values)) if values else math.nan


def means(samples: Mapping[Name, Mapping[int, float]]) -> dict[Name, float]:
    return {name: mean(values.values()) for name, values in samples.items()}


def spread(values: Sequence[float]) -> float:
    """The sample standard deviation, NaN of fewer than two."""
    return float(np.std(values, ddof=1)) if len(values) > 1 else math.nan


def quartiles(values: Sequence[float] | np.ndarray) -> tuple[float, float]:
    """The median and the interquartile range, NaN of nothing.

    One value has no range: 0 would say that it repeats.
    """
    if not len(values):
        return math.nan, math.nan
    low, middle, high = np.percentile(values, [25, 50, 75])
    return float(middle), float(high - low) if len(values) > 1 else math.nan


def best_value(values: Iterable[float], better: str) -> float:
    """The best of some values of a metric, NaN of none."""
    best: float = BEST[better](values, default=math.nan)
    return best


def best_name(values: Mapping[Name, float], better: str) -> Name:
    """The first name of the best value."""
    name: Name = BEST[better](values, key=values.__getitem__)
    return name
