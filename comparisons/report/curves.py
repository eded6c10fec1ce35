"""Section of the page: learning curves over epochs and over seconds."""

from __future__ import annotations

from typing import Any

from comparisons.analysis.curves import Curve, Place, curves_of
from comparisons.analysis.loading import Comparison
from comparisons.analysis.statistics import best_value, mean
from comparisons.figures.colors import NEUTRAL, color, dash, faded
from comparisons.report.axes import axes, shared_range
from comparisons.report.blocks import Block, Figure, Note, Panel, label, plain
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_axis,
    metric_name,
    row_name,
    scaled,
)

Curves = dict[Place, Curve]


def curves_section(part: Comparison) -> list[Block]:
    """Learning curves over epochs and over seconds."""
    curves = curves_of(part.summary)
    if not curves:
        return [Note("No run has a learning curve.")]
    return [over_epochs(part, curves), over_seconds(part, curves)]


def over_epochs(part: Comparison, curves: Curves) -> Figure:
    """A panel per framework, a line per cell."""
    metric = part.summary.task.validation_metric
    name = metric_name(metric)
    panels = []
    for framework in dict.fromkeys(place[0] for place in curves):
        data = []
        for (owner, cell), curve in curves.items():
            if owner == framework:
                epochs = [float(n) for n in range(1, len(curve.mean) + 1)]
                data += lines(curve, epochs, cell, cell_name(cell), "solid")
        layout = curve_axes("epoch", metric, curves)
        data += baseline_line(part, curves, layout)
        panels.append(Panel(framework_name(framework), data, layout))
    longest = max(len(curve.mean) for curve in curves.values())
    rows: list[tuple[str | int, ...]] = [
        (epoch + 1, *(at(curve, epoch) for curve in curves.values()))
        for epoch in range(longest)
    ]
    return Figure(
        name=f"{part.slug}-epochs",
        title=f"Validation {name} over epochs",
        text="Means over seeds; bands: range of the seeds.",
        panels=tuple(panels),
        table=plain(
            f"{part.slug}-epochs-data",
            f"Validation {name} after each epoch: mean (range over seeds)",
            ("epoch", *(row_name(*place) for place in curves)),
            rows,
        ),
    )


def over_seconds(part: Comparison, curves: Curves) -> Figure:
    """A panel per cell, a line per framework."""
    metric = part.summary.task.validation_metric
    name = metric_name(metric)
    panels = []
    for cell in dict.fromkeys(place[1] for place in curves):
        data = []
        for (framework, owner), curve in curves.items():
            if owner == cell:
                style = dash(part.frameworks.index(framework))
                owner_name = framework_name(framework)
                data += lines(curve, curve.seconds, cell, owner_name, style)
        layout = curve_axes("seconds of training", metric, curves)
        panels.append(Panel(cell_name(cell), data, layout))
    rows = [
        (
            *(framework_name(framework), cell_name(cell), len(c.mean)),
            *(c.seconds[0], c.seconds[-1], c.mean[-1]),
        )
        for (framework, cell), c in curves.items()
    ]
    return Figure(
        name=f"{part.slug}-seconds",
        title=f"Validation {name} over seconds",
        text=(
            "The same curves over training time, from the end of the first "
            "epoch, which compiles; validation is not included. Solid, "
            "dashed, dotted: "
            f"{', '.join(map(framework_name, part.frameworks))}."
        ),
        panels=tuple(panels),
        table=plain(
            f"{part.slug}-seconds-data",
            "Seconds to the end of the first and the last epoch",
            (
                *("framework", "cell", "epochs", "first, s", "last, s"),
                f"last {metric_axis(metric)}",
            ),
            rows,
            heads=2,
        ),
    )


def lines(
    curve: Curve, x: list[float], cell: str, name: str, style: str
) -> list[dict[str, Any]]:
    """The range of the seeds as a band, and the mean."""
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": x + x[::-1],
        "y": curve.high + curve.low[::-1],
        "fill": "toself",
        "fillcolor": faded(cell, 0.18),
        "line": {"width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    middle = {
        "type": "scatter",
        "mode": "lines",
        "name": label(name),
        "x": x,
        "y": curve.mean,
        "line": {"color": color(cell), "dash": style, "width": 2},
    }
    return [band, middle]


def baseline_line(
    part: Comparison, curves: Curves, layout: dict[str, Any]
) -> list[dict[str, Any]]:
    """The test score of the best baseline, where it is near the curves.

    The axis grows to show it, but to no more than twice its length.
    """
    task, beside = part.summary.task, part.summary.baselines.values()
    if task.monitor or not beside:
        return []
    known = [mean(list(by_seed.values())) for by_seed in beside]
    value = scaled(task.metric, best_value(known, task.better))
    low, high = layout["yaxis"]["range"]
    if not 2 * low - high <= value <= 2 * high - low:
        return []
    layout["yaxis"]["range"] = shared_range([low, high, value])
    longest = max(len(curve.mean) for curve in curves.values())
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "best baseline",
            "x": [1.0, float(longest)],
            "y": [value, value],
            "line": {"color": NEUTRAL, "dash": "dot", "width": 2},
        }
    ]


def curve_axes(x: str, metric: str, curves: Curves) -> dict[str, Any]:
    """Axes with the same range of the metric in all panels."""
    layout = axes(x, metric_axis(metric))
    ends = [v for c in curves.values() for v in (*c.low, *c.high)]
    layout["yaxis"]["range"] = shared_range(ends)
    return layout


def at(curve: Curve, epoch: int) -> str:
    """The mean and the range of one epoch."""
    if epoch >= len(curve.mean):
        return "-"
    low, high = curve.low[epoch], curve.high[epoch]
    return f"{curve.mean[epoch]:.4g} ({low:.4g} to {high:.4g})"
