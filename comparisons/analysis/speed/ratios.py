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
from comparisons.analysis.wording import listed, p_text

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


def ratios_text(tests: list[Ratio], slower: list[str]) -> str:
    """2.2 times as fast as Keras (95 % CI 2.0 to 2.4; 3 rounds) and ….

    One round has no interval; rounds are said once where they are the same.
    """
    rounds = {one.rounds for one in tests}
    texts = []
    for place, (one, name) in enumerate(zip(tests, slower, strict=True)):
        form = form_of(one.value)
        text = f"{one.value:{form}} times as fast as {name}"
        details = []
        if one.rounds > 1:
            interval = f"{one.low:{form}} to {one.high:{form}}"
            details.append(f"95 % CI {interval}")
            if not one.settled:
                details[-1] += f", not settled, {p_text(one.p)}"
        if len(rounds) > 1 or place == len(tests) - 1:
            count = "one round" if one.rounds < 2 else f"{one.rounds} rounds"
            details.append(count + ", no interval" * (one.rounds < 2))
        shown = f" ({'; '.join(details)})" if details else ""
        texts.append(text + shown)
    return listed(texts)


def form_of(value: float) -> str:
    """1.04, 2.2, 12: as many digits as a ratio of times is worth."""
    if value < TWO_DECIMALS:
        return ".2f"
    return ".1f" if value < ONE_DECIMAL else ".0f"
