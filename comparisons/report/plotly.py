"""The JSON of Plotly: traces, axes, and ticks of logarithmic ones."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from comparisons.analysis.tables import CONTROL
from comparisons.figures.labels import labelled, spread
from comparisons.figures.lines import Line, Panels
from shared.exhibits.names import metric

DIGITS = {
    3.0: (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0),
    20.0: (1.0, 1.5, 2.0, 3.0, 5.0, 7.0),
    math.inf: (1.0, 2.0, 5.0),
}
"""Ratio of an axis' ends up to which these digits have ticks."""


PERCENT_UNIT, MARGIN = " %", 1.5
"""Unit of a percentage, and how far its axis reaches beyond 0 and 100."""

LETTER = 7
"""Pixels of a letter of a label."""

FEW_EPOCHS = 10
"""Epochs up to which each has a tick."""


@dataclass(frozen=True)
class Panel:
    """One drawing of a figure."""

    title: str
    data: list[dict[str, Any]]
    layout: dict[str, Any]


def line_panels(
    panels: Panels, layout: dict[str, Any], **style: Any
) -> tuple[Panel, ...]:
    """The lines of each panel, with labels at their ends; style: see `traces`.

    Lines without a label are named by the legend of the figure.
    """
    return tuple(
        Panel(
            title,
            [t for line in lines for t in traces(line, **style)],
            layout | {"showlegend": False} | end_labels(lines, layout),
        )
        for title, lines in panels.items()
    )


def end_labels(lines: Sequence[Line], layout: dict[str, Any]) -> dict[str, Any]:
    """The labels right of the axes, and room for them."""
    found = labelled(lines)
    if not found:
        return {}
    ends = layout["yaxis"].get("range") or range_of_lines({"": list(lines)})
    places = spread([line.y[-1] for line in found], *ends)
    widest = max(len(line.label) for line in found)
    return {
        "margin": {"l": 10, "r": 30 + LETTER * widest, "t": 10, "b": 10},
        "annotations": [
            {
                "text": (
                    f'<span style="color:{line.color}">\u25a0</span> '
                    f"{label(line.label)}"
                ),
                "xref": "paper",
                "x": 1.0,
                "xshift": 4,
                "xanchor": "left",
                "y": place,
                "showarrow": False,
            }
            for line, place in zip(found, places, strict=True)
        ],
    }


def label(text: object) -> str:
    """Escaped text: Plotly drops tags and replaces entities."""
    escaped = CONTROL.sub(" ", str(text)).replace("&", "&amp;")
    return escaped.replace("<", "&lt;").replace(">", "&gt;")


def rounded(value: Any) -> Any:
    """JSON with 5 significant digits, and null for what is no number."""
    if isinstance(value, dict):
        return {name: rounded(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.5g}") if math.isfinite(value) else None
    return value


def traces(
    line: Line,
    width: float = 2,
    bars: dict[str, Any] | None = None,
    **style: Any,
) -> list[dict[str, Any]]:
    """A line over the band of its range; bars: the style of error bars."""
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines+markers" if line.marker else "lines",
        "name": label(line.name),
        "x": line.x,
        "y": line.y,
        "line": {"color": line.color, "dash": line.dash, "width": width},
        **style,
    }
    circles = {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in line.marks],
        "y": [y for _, y in line.marks],
        "marker": {"color": line.color, "size": 9, "symbol": "circle-open"},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    drawn = [trace, circles] if line.marks else [trace]
    if not line.low:
        return drawn
    if bars is not None:
        trace["error_y"] = {
            "type": "data",
            "symmetric": False,
            "array": [h - y for h, y in zip(line.high, line.y)],
            "arrayminus": [y - low for low, y in zip(line.low, line.y)],
            **bars,
        }
        return drawn
    red, green, blue = bytes.fromhex(line.color[1:])
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": [*line.x, *line.x[::-1]],
        "y": [*line.high, *line.low[::-1]],
        "fill": "toself",
        "fillcolor": f"rgba({red},{green},{blue},0.18)",
        "line": {"width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    return [band, *drawn]


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
        "ticktext": [f"{tick:,.9g}" for tick in shown],
    }
