"""Axes of the drawings: titles, and ticks of logarithmic ones."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from comparisons.report.blocks import label

DECADE = 10.0
DIGITS = {
    3.0: (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0),
    20.0: (1.0, 1.5, 2.0, 3.0, 5.0, 7.0),
    math.inf: (1.0, 2.0, 5.0),
}
"""Ratio of an axis' ends up to which these digits have ticks."""


def axes(x: str, y: str) -> dict[str, Any]:
    """Titles of both axes."""
    return {
        "xaxis": {"title": {"text": label(x)}},
        "yaxis": {"title": {"text": label(y)}},
    }


def logarithmic(values: Iterable[float]) -> dict[str, Any]:
    """An axis whose ticks are whole numbers, not digits of a decade."""
    known = [v for v in values if math.isfinite(v) and v > 0]
    if not known:
        return {}
    low, high = min(known), max(known)
    digits = next(d for ratio, d in DIGITS.items() if high < ratio * low)
    ticks = ticks_between(low, high, digits)
    return {
        "type": "log",
        "tickvals": ticks,
        "ticktext": [f"{tick:,.9g}" for tick in ticks],
    }


def ticks_between(
    low: float, high: float, digits: Sequence[float]
) -> list[float]:
    """The round numbers of an interval, and one beyond either end."""
    first, last = (math.floor(math.log10(value)) for value in (low, high))
    ticks = [d * DECADE**e for e in range(first, last + 2) for d in digits]
    below = max((t for t in ticks if t <= low), default=ticks[0])
    above = min((t for t in ticks if t >= high), default=ticks[-1])
    return [float(f"{t:.3g}") for t in ticks if below <= t <= above]


def shared_range(values: Iterable[float]) -> list[float]:
    """Ends of an axis that several panels share."""
    known = [value for value in values if math.isfinite(value)]
    low, high = min(known), max(known)
    margin = 0.05 * (high - low) or 0.05 * abs(high) or 1.0
    return [low - margin, high + margin]
