"""The axes of a drawing: titles, ends, and ticks of logarithmic ones."""

import math
from collections.abc import Iterable
from typing import Any

from comparisons.figures.lines import Panels
from comparisons.report.plotly.traces import label
from shared.exhibits.names import metric

DIGITS = {
    3.0: (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0),
    20.0: (1.0, 1.5, 2.0, 3.0, 5.0, 7.0),
    math.inf: (1.0, 2.0, 5.0),
}
"""Ratio of an axis' ends up to which these digits have ticks."""

UNITS = (
    (1e5, 1e6, 1e6, "\u00a0M"),
    (1e3, 1e5, 1e3, "\u00a0k"),
    (0.0, 0.0, 1.0, ""),
)
"""Least first and last tick, and the unit in which all ticks are then."""

PERCENT_UNIT, MARGIN = " %", 1.5
"""Unit of a percentage, and how far its axis reaches beyond 0 and 100."""

FEW_EPOCHS = 10
"""Epochs up to which each has a tick."""


def axes(x: str, y: str, y_range: list[float] | None = None) -> dict[str, Any]:
    """The titles of both axes, and the ends of the vertical one."""
    ends = {"range": y_range} if y_range else {}
    return {
        "xaxis": {"title": {"text": label(x)}},
        "yaxis": {"title": {"text": label(y)}, **ends},
    }


def range_of(values: Iterable[float]) -> list[float]:
    """Ends of an axis around all values, with a margin."""
    known = [value for value in values if math.isfinite(value)]
    low, high = min(known), max(known)
    margin = 0.05 * (high - low) or 0.05 * abs(high) or 1.0
    return [low - margin, high + margin]


def score_range(name: str, values: Iterable[float]) -> list[float]:
    """Ends of an axis of a metric: those of a percentage are near 0 and 100."""
    low, high = range_of(values)
    if metric(name).unit == PERCENT_UNIT:
        low, high = max(low, -MARGIN), min(high, 100 + MARGIN)
    return [low, high]


def near(value: float, low: float, high: float) -> bool:
    """Whether an axis that shows a value too is at most twice as long."""
    return 2 * low - high <= value <= 2 * high - low


def values_of(panels: Panels) -> list[float]:
    """Every value of the lines and of their ranges."""
    lines = [line for lines in panels.values() for line in lines]
    return [v for one in lines for v in (*one.y, *one.low, *one.high)]


def range_of_lines(panels: Panels, name: str = "") -> list[float]:
    """Ends of an axis of a metric around all lines."""
    return score_range(name, values_of(panels))


def epoch_axis(longest: int) -> dict[str, Any]:
    """Ticks at whole epochs, where few would have others between."""
    return {"tick0": 1, "dtick": 1} if longest <= FEW_EPOCHS else {}


def logarithmic(values: Iterable[float]) -> dict[str, Any]:
    """An axis with ticks at round numbers, one of them beyond either end.

    Both ends are in its range: values between two ticks have numbers, too.
    """
    known = [v for v in values if math.isfinite(v) and v > 0]
    if not known:
        return {}
    low, high = min(known), max(known)
    digits = next(d for ratio, d in DIGITS.items() if high < ratio * low)
    first, last = (math.floor(math.log10(value)) for value in (low, high))
    ticks = [d * 10.0**e for e in range(first, last + 2) for d in digits]
    below = max((t for t in ticks if t <= low), default=ticks[0])
    above = min((t for t in ticks if t >= high), default=ticks[-1])
    shown = [float(f"{t:.3g}") for t in ticks if below <= t <= above]
    ends = [math.log10(end) for end in (min(below, low), max(above, high))]
    margin = 0.03 * (ends[1] - ends[0])
    return {
        "type": "log",
        "range": [ends[0] - margin, ends[1] + margin],
        "tickvals": shown,
        "ticktext": tick_texts(shown),
    }


def tick_texts(ticks: list[float]) -> list[str]:
    """Numbers that stay apart in a narrow panel: 150 k for 150,000."""
    unit, sign = next(
        (unit, sign)
        for first, last, unit, sign in UNITS
        if ticks[0] >= first and ticks[-1] >= last
    )
    return [f"{tick / unit:,.9g}{sign}" for tick in ticks]
