"""A finding, and the phrases of its sentence."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from comparisons.analysis.statistics import PairedTest

BETTER, WORSE, OPEN = "better", "worse", "open"
TIE, UNTESTED = "tie", "untested"


@dataclass(frozen=True)
class Finding:
    """A sentence and what it states.

    kind: "cells", "baseline", "published", "noise_floor",
        "frameworks", "speed";
    verdict: BETTER where the first name is, WORSE, OPEN where that is not
        settled, TIE for tested equivalence, UNTESTED where nothing estimates
        chance, "" where nothing is tested;
    names: as in the records; p: NaN without a test.
    """

    kind: str
    text: str
    verdict: str = ""
    names: tuple[str, ...] = ()
    p: float = math.nan


def ordered(test: PairedTest[Any], better: str) -> tuple[Any, Any]:
    """The better and the worse name of a significant difference."""
    names = test.first, test.second
    lower_first = test.first_mean < test.second_mean
    return names if lower_first == (better == "lower") else names[::-1]


def tested(test: PairedTest[Any]) -> str:
    return f"{p_text(test.p)}, {test.seeds} seeds"


def not_tested(tests: list[PairedTest[Any]], metric: str, what: str) -> str:
    one = all(test.seeds == 1 for test in tests)
    few = "One seed" if one else "Fewer than two shared seeds"
    return f"{few}: differences in {metric} between {what} are not tested."


def p_text(p: float) -> str:
    """p = 0.11, or p < 0.001."""
    return "p < 0.001" if p < 1e-3 else f"p = {p:.2g}"


def listed(names: Iterable[str]) -> str:
    """a, b, and c."""
    *others, last = names
    if len(others) < 2:
        return " and ".join([*others, last])
    return f"{', '.join(others)}, and {last}"
