"""The traces of Plotly as JSON: lines, bands, bars, and circles."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from comparisons.analysis.tables import CONTROL
from comparisons.figures.lines import Line
from shared.exhibits.names import scaled, score_text


@dataclass(frozen=True)
class Panel:
    """One drawing of a figure."""

    title: str
    data: list[dict[str, Any]]
    layout: dict[str, Any]


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


READABLE = [[0, "rgba(10,120,191,0)"], [1, "rgba(10,120,191,0.55)"]]
"""From the background of the page to a color on which it is read, too."""


def heat(
    measure: tuple[str, str],
    names: tuple[list[str], list[str]],
    values: Sequence[Sequence[float | None]],
) -> dict[str, Any]:
    """A heat map with its scores in the cells, the best ones in color.

    measure: the metric, and which of its values is better; names: of columns
    and rows.
    """
    metric, better = measure
    scale = scaled(metric, 1.0)
    return {
        "type": "heatmap",
        "x": names[0],
        "y": names[1],
        "z": [[v if v is None else scale * v for v in row] for row in values],
        "text": [[score_text(metric, v) for v in row] for row in values],
        "texttemplate": "%{text}",
        "colorscale": READABLE,
        "reversescale": better == "lower",
        "showscale": False,
    }
