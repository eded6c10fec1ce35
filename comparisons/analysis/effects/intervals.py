"""Intervals of 95 % of a mean over seeds, and of a share."""

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from comparisons.analysis.effects.effect import LEVEL
from comparisons.analysis.effects.estimate import difference
from comparisons.analysis.statistics import mean


class Estimate(NamedTuple):
    """A mean over seeds and its interval, NaN for fewer than two seeds."""

    mean: float
    low: float = math.nan
    high: float = math.nan
    seeds: int = 0

    @property
    def half(self) -> float:
        return (self.high - self.low) / 2


def estimate(values: Sequence[float]) -> Estimate:
    """Student's t interval; NaN of nothing."""
    if not values:
        return Estimate(math.nan)
    low, high = difference(np.asarray(values), None, 0).interval(LEVEL)
    return Estimate(mean(values), low, high, len(values))


def wilson(count: int, total: int) -> tuple[float, float]:
    """The interval of a share (Wilson 1927); NaN of no trial.

    Unlike a normal one it has its width at 0 and at 1 too.
    """
    if not total:
        return math.nan, math.nan
    z = NormalDist().inv_cdf(1.0 - LEVEL / 2)
    share, scale = count / total, 1.0 + z**2 / total
    middle = (share + z**2 / (2 * total)) / scale
    spread = share * (1.0 - share) / total + z**2 / (4 * total**2)
    half = z * math.sqrt(spread) / scale
    return max(0.0, middle - half), min(1.0, middle + half)
