"""Ratios of step times: their intervals over rounds, and their sentences.

A round is a seed: within one, the rows are timed one after another, so that
slow drift of the machine affects both times of a ratio alike.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from comparisons.analysis.statistics import (
    LEVEL,
    NEGLIGIBLE,
    holm,
    mean,
    paired_p,
)
from comparisons.analysis.wording import p_text

TWO_DECIMALS, ONE_DECIMAL = 1.995, 9.95
"""Ratios below these have so many decimals."""


@dataclass(frozen=True)
class Ratio:
    """How many times as fast the first row is as the second.

    value: the geometric mean over the rounds of both; low, high: its 95 %
    interval, NaN of one round; p: of the paired t-test on the logarithms,
    adjusted by Holm's method.
    """

    first: Any
    second: Any
    value: float
    low: float
    high: float
    p: float
    rounds: int

    @property
    def settled(self) -> bool:
        """Whether the difference is significant and not negligible."""
        return self.p < LEVEL and abs(self.value - 1) > NEGLIGIBLE


def ratios(
    times: Mapping[Any, Mapping[int, float]], pairs: list[tuple[Any, Any]]
) -> list[Ratio]:
    """The ratio of each pair of rows, given row -> round -> step time.

    The pairs are one family of tests; pairs without a shared round are left
    out.
    """
    found = []
    for fast, slow in pairs:
        rounds = sorted(times[fast].keys() & times[slow])
        if rounds:
            first, second = (
                [math.log(times[row][number]) for number in rounds]
                for row in (fast, slow)
            )
            gaps = [b - a for a, b in zip(first, second, strict=True)]
            low, high = map(math.exp, t_interval(gaps))
            p = paired_p(first, second)
            value = math.exp(mean(gaps))
            found.append(Ratio(fast, slow, value, low, high, p, len(rounds)))
    adjusted = holm([ratio.p for ratio in found])
    return [replace(ratio, p=p) for ratio, p in zip(found, adjusted)]


def t_interval(values: list[float]) -> tuple[float, float]:
    """The 95 % interval of a mean (Student's t), NaN of one value."""
    if len(values) < 2:
        return math.nan, math.nan
    from scipy.special import stdtrit

    quantile = float(stdtrit(len(values) - 1, 1 - LEVEL / 2))
    margin = quantile * float(np.std(values, ddof=1)) / math.sqrt(len(values))
    return mean(values) - margin, mean(values) + margin


def ratio_text(ratio: Ratio, slower: str) -> str:
    """2.2 times as fast as Keras (95 % CI 2.0 to 2.4 over 3 rounds).

    One round has no interval.
    """
    form = form_of(ratio.value)
    text = f"{ratio.value:{form}} times as fast as {slower}"
    if ratio.rounds < 2:
        return text
    text += (
        f" (95 % CI {ratio.low:{form}} to {ratio.high:{form}} over "
        f"{ratio.rounds} rounds"
    )
    return text + (
        ")" if ratio.settled else f", not settled, {p_text(ratio.p)})"
    )


def form_of(value: float) -> str:
    """1.04, 2.2, 12: as many digits as a ratio of times is worth."""
    if value < TWO_DECIMALS:
        return ".2f"
    return ".1f" if value < ONE_DECIMAL else ".0f"
