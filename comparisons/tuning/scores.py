"""The scores of a setting by new seeds."""

import math
from dataclasses import dataclass

from comparisons.analysis.effects.intervals import estimate
from comparisons.analysis.statistics import mean
from shared.exhibits.names import score_text


@dataclass(frozen=True)
class SeedScores:
    """Scores by seed, their mean, and its 95 % interval (Student's t)."""

    scores: tuple[float, ...]

    @property
    def mean(self) -> float:
        return mean(self.scores)

    @property
    def interval(self) -> tuple[float, float]:
        found = estimate(self.scores)
        return found.low, found.high


def estimate_text(metric: str, found: SeedScores) -> str:
    """The mean and its interval: 71.2 % (70.4 to 72.0)."""
    text = score_text(metric, found.mean)
    low, high = found.interval
    if math.isnan(low):
        return text
    ends = [score_text(metric, end).removesuffix(" %") for end in (low, high)]
    return f"{text} ({' to '.join(ends)})"
