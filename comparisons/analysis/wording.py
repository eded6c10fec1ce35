"""A finding, and the phrases of its sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from comparisons.analysis.statistics import Comparison, Name

BETTER, WORSE, OPEN, UNTESTED = "better", "worse", "open", "untested"


@dataclass(frozen=True)
class Finding:
    """A sentence and what it states.

    kind: "cells", "baseline", "published", "floor", "frameworks", "speed";
    verdict: BETTER where the first name is, WORSE, OPEN for no significant
        difference, UNTESTED for too few seeds, "" where nothing is tested;
    names: as in the records; p: NaN without a test.
    """

    kind: str
    text: str
    verdict: str = ""
    names: tuple[str, ...] = ()
    p: float = math.nan


def ordered(test: Comparison[Name], better: str) -> tuple[Name, Name]:
    """The better and the worse name."""
    first_wins = test.first_mean < test.second_mean
    if (better == "higher") != first_wins:
        return test.first, test.second
    return test.second, test.first


def few_seeds(tests: Iterable[Comparison[Name]]) -> str:
    """Why there is no test."""
    one = all(test.seeds == 1 for test in tests)
    return "One seed" if one else "Fewer than two shared seeds"


def tested(test: Comparison[Name]) -> str:
    return f"{p_text(test.p)}, {test.seeds} seeds"


def p_text(p: float) -> str:
    """p = 0.11, or p < 0.001."""
    return "p < 0.001" if p < 1e-3 else f"p = {p:.2g}"


def listed(names: Iterable[str]) -> str:
    """a, b, and c."""
    *others, last = names
    if len(others) < 2:
        return " and ".join([*others, last])
    return f"{', '.join(others)}, and {last}"
