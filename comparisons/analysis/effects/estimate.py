"""The variance of a paired difference, its interval, and its tests.

With S seeds and the same test examples for all, the mean difference has the
variance σ²(seeds) / S + σ²(examples). The first part is that of the paired
t-test over seeds, with S - 1 degrees of freedom. The second is what the
differences of two seeds have in common when the examples are resampled: their
covariance over the resamples. The quantile of the sum is the mean of both
parts' quantiles, weighted by their variances (Cochran and Cox 1957), and an
interval is never shorter than that of the t-test over seeds alone. Percentiles
of a bootstrap over few seeds would cover far too little.
"""

import math
from bisect import bisect
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np

POWER = 0.8
"""Share of repeats in which `seeds_needed` would settle a difference."""

MOST_SEEDS = 1000
SMALLEST, STEPS = -15.0, 40
"""Logarithm of the least p-value that is searched for, and halvings."""


@cache
def student() -> Callable[[int, float], Any]:
    """The quantile of Student's distribution: (degrees of freedom, tail)."""
    from scipy.special import stdtrit

    return stdtrit


class Difference(NamedTuple):
    """A mean difference and both parts of its variance.

    of_seeds, of_examples: variances of the mean, 0 where a part is unknown;
    seeds: S; units: resampled units of the test split, 0 if unknown.
    """

    value: float
    of_seeds: float
    of_examples: float
    seeds: int
    units: int = 0

    @property
    def known(self) -> bool:
        """Whether anything estimates chance."""
        return self.seeds > 1 or self.units > 1

    @property
    def error(self) -> float:
        """Standard error; what is only rounding is 0."""
        error = math.sqrt(self.of_seeds + self.of_examples)
        return error if error > 1e-12 * max(1e-3, abs(self.value)) else 0.0

    def margin(self, tail: float) -> float:
        """Half of the interval that leaves out `tail` on each side."""
        if not self.error:
            return 0.0
        parts = (
            (self.of_seeds, self.seeds - 1),
            (self.of_examples, self.units - 1),
        )
        halves = [
            variance and -float(student()(df, tail)) * math.sqrt(variance)
            for variance, df in parts
        ]
        weighted = sum(
            half * math.sqrt(variance)
            for half, (variance, _) in zip(halves, parts, strict=True)
        )
        return max(weighted / self.error, halves[0])

    def tail(self, distance: float) -> float:
        """The tail whose `margin` is a positive distance: one-sided p."""
        if not self.error:
            return 0.0
        low, high = SMALLEST, math.log10(0.5)
        for _ in range(STEPS):
            middle = (low + high) / 2
            if self.margin(10.0**middle) > distance:
                low = middle
            else:
                high = middle
        return float(10.0**high)

    def p(self) -> float:
        """Two-sided, of no difference; NaN if nothing estimates chance."""
        if not self.known:
            return math.nan
        distance = abs(self.value)
        return 2.0 * self.tail(distance) if distance > 1e-15 else 1.0

    def p_equivalence(self, margin: float) -> float:
        """The larger of two one-sided tests' p (Schuirmann 1987)."""
        if not self.known:
            return math.nan
        distance = margin - abs(self.value)
        return self.tail(distance) if distance > 0.0 else 1.0

    def interval(self, level: float) -> tuple[float, float]:
        if not self.known:
            return math.nan, math.nan
        half = self.margin(level / 2)
        return self.value - half, self.value + half

    def seeds_needed(self, level: float) -> int | None:
        """Seeds that would settle this difference in POWER of repeats.

        None if one seed says nothing of others, or if none would suffice.
        """
        if self.seeds < 2 or not self.value:
            return None
        of_one = self.of_seeds * self.seeds

        def settles(seeds: int) -> bool:
            new = self._replace(of_seeds=of_one / seeds, seeds=seeds)
            return new.needed(level) <= abs(self.value)

        more = range(self.seeds + 1, MOST_SEEDS + 1)
        place = bisect(more, False, key=settles)
        return more[place] if place < len(more) else None

    def needed(self, level: float) -> float:
        """The least difference that is settled in POWER of repeats."""
        return self.margin(level / 2) + self.margin(1.0 - POWER)


def difference(
    scores: np.ndarray, resamples: np.ndarray | None, units: int
) -> Difference:
    """From paired differences by seed (S,), and on resamples (R, S)."""
    seeds, value = len(scores), float(np.mean(scores))
    of_seeds = float(np.var(scores, ddof=1)) / seeds if seeds > 1 else 0.0
    if resamples is None or units < 2:
        return Difference(value, of_seeds, 0.0, seeds)
    shared = np.atleast_2d(np.cov(resamples, rowvar=False))
    shared *= units / (units - 1)
    if seeds > 1:
        between = shared.sum() - np.trace(shared)
        shared = between / (seeds * (seeds - 1))
    return Difference(
        value, of_seeds, max(0.0, float(np.sum(shared))), seeds, units
    )
