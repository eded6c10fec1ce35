"""A panel of the metric against one cost: rows, intervals, and the front."""

import math
from typing import Any

from comparisons.analysis.frame import ROW
from comparisons.analysis.loading import Comparison
from comparisons.analysis.rows import Row
from comparisons.analysis.statistics import best_name, bootstrap_interval, means
from comparisons.figures.colors import NEUTRAL, SYMBOLS, color, cycled
from comparisons.figures.lines import Line
from comparisons.figures.messages import COSTS
from comparisons.report.plotly.axes import axes, logarithmic, near, score_range
from comparisons.report.plotly.traces import Panel, label, traces
from comparisons.report.tradeoff.names import cell_names
from shared.exhibits.names import metric_axis, metric_name, scaled

RINGS = {"size": 17, "symbol": "circle-open", "color": NEUTRAL}


def cost_panel(
    part: Comparison, rows: list[Row], field: str, best: list[Row]
) -> Panel:
    """A point for each row with its interval, and the Pareto front."""
    metric = part.summary.task.metric
    name, unit = COSTS[field]
    by_row = part.summary.samples(ROW, "metric")
    finite = [
        v for s in by_row.values() for v in s.values() if math.isfinite(v)
    ]
    scores = [scaled(metric, end) for end in (min(finite), max(finite))]
    ends = score_range(metric, scores)
    baseline = scaled(metric, part.summary.best_baseline)
    shown = near(baseline, *ends)
    if shown:
        ends = score_range(metric, [*scores, baseline])
    layout = axes(f"{name}, {unit}".rstrip(", "), metric_axis(metric), ends)
    if shown:
        layout |= baseline_mark(part, baseline)
    layout["xaxis"] |= logarithmic(getattr(row, field) for row in rows)
    points = sorted(
        (getattr(row, field), scaled(metric, row.metric_mean)) for row in best
    )
    x, y = zip(*points) if points else ((), ())
    data = traces(
        Line("Pareto front", x, y, NEUTRAL, "dot"),
        mode="lines+markers",
        marker={**RINGS, "line": {"width": 1.5}},
        hoverinfo="skip",
    )
    intervals = {}
    for row in rows:
        interval = bootstrap_interval(list(by_row[row.place].values()))
        mean, low, high = (
            [scaled(metric, value)] for value in (row.metric_mean, *interval)
        )
        intervals[row.place] = low[0], high[0]
        symbol = cycled(tuple(SYMBOLS), part.frameworks.index(row.framework))
        shade = color(row.cell)
        data += traces(
            Line(
                *(row.name, [getattr(row, field)], mean, shade),
                low=low,
                high=high,
            ),
            bars={"thickness": 1, "width": 0},
            mode="markers",
            marker={"size": 9, "color": shade, "symbol": symbol},
        )
    marks = layout.get("annotations", [])
    names = cell_names(part, rows, field, best, intervals, layout)
    layout["annotations"] = [*marks, *names]
    title = f"{metric_name(metric)} against {name}"
    return Panel(title, data, layout | {"showlegend": False})


def baseline_mark(part: Comparison, value: float) -> dict[str, Any]:
    """A line at the best baseline, with its name."""
    known = means(part.summary.baselines)
    name = best_name(known, part.summary.task.better)
    line = {"color": NEUTRAL, "dash": "dash", "width": 1}
    return {
        "shapes": [
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1}
            | {"y0": value, "y1": value, "line": line}
        ],
        "annotations": [
            {"xref": "paper", "x": 1, "xanchor": "right", "y": value}
            | {"text": label(name), "yanchor": "bottom", "showarrow": False}
        ],
    }
