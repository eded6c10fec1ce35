"""Section of the page: the metric against time, size, and memory."""

from __future__ import annotations

from typing import Any

from comparisons.analysis.curves import front
from comparisons.analysis.frame import ROW, samples
from comparisons.analysis.loading import Comparison
from comparisons.analysis.rows import Row
from comparisons.analysis.statistics import bootstrap_interval
from comparisons.figures.colors import NEUTRAL, color, sign, symbol
from comparisons.report.axes import axes, logarithmic
from comparisons.report.blocks import (
    Block,
    Figure,
    Key,
    Note,
    Panel,
    Table,
    label,
    plain,
)
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_axis,
    metric_name,
    scaled,
)

COSTS = {
    "train_seconds": ("training time", "s"),
    "parameters": ("parameters", ""),
    "peak_memory_mb": ("peak memory", "MB"),
}
"""Field of a row -> its name and unit."""

MEANING = (
    "Means over seeds, with 95 % intervals where there are several. Dotted: "
    "the Pareto front of the means, the rows that no other dominates; not "
    "every difference along it is significant."
)

Fronts = dict[str, list[int]]
"""Field of COSTS -> the places of the rows on its front."""


def trade_off_section(part: Comparison) -> list[Block]:
    rows = [row for row in part.summary.rows if row.seeds]
    if not rows:
        return [Note("No run has finished.")]
    metric, better = part.summary.task.metric, part.summary.task.better
    fronts = {
        field: front(
            [getattr(row, field) for row in rows],
            [row.metric_mean for row in rows],
            better,
        )
        for field in COSTS
    }
    return [
        Figure(
            name=f"{part.slug}-trade-off",
            title=f"{metric_name(metric)} against cost ({better} is better)",
            text=f"{MEANING} {front_words(rows, fronts)}",
            panels=tuple(
                cost_panel(part, rows, field, best)
                for field, best in fronts.items()
            ),
            table=cost_table(part, rows, fronts),
            keys=legend_keys(part, rows),
        )
    ]


def cost_table(part: Comparison, rows: list[Row], fronts: Fronts) -> Table:
    """The metric of each row, its costs, and the fronts that it is on."""
    metric = part.summary.task.metric
    return plain(
        f"{part.slug}-trade-off-data",
        f"{metric_name(metric)} and costs; rows of each Pareto front",
        (
            *("framework", "cell", metric_axis(metric)),
            *(name for name, _ in COSTS.values()),
            "front",
        ),
        [
            (
                framework_name(row.framework),
                cell_name(row.cell),
                scaled(metric, row.metric_mean),
                *(getattr(row, field) for field in COSTS),
                ", ".join(COSTS[f][0] for f in COSTS if place in fronts[f]),
            )
            for place, row in enumerate(rows)
        ],
        heads=2,
    )


def legend_keys(part: Comparison, rows: list[Row]) -> tuple[Key, ...]:
    cells = dict.fromkeys(row.cell for row in rows)
    frameworks = dict.fromkeys(row.framework for row in rows)
    return (
        *(Key("\u25ac", color(cell), cell_name(cell)) for cell in cells),
        *(
            Key(
                sign(part.frameworks.index(name)),
                NEUTRAL,
                framework_name(name),
            )
            for name in frameworks
        ),
        Key("\u25ef", NEUTRAL, "on the Pareto front"),
    )


def front_words(rows: list[Row], fronts: Fronts) -> str:
    return " ".join(
        f"On the front for {COSTS[field][0]}: "
        f"{', '.join(rows[place].name for place in places)}."
        for field, places in fronts.items()
        if places
    )


def cost_panel(
    part: Comparison, rows: list[Row], field: str, best: list[int]
) -> Panel:
    """A point for each row, and the Pareto front."""
    metric = part.summary.task.metric
    name, unit = COSTS[field]
    axis = f"{name}, {unit}" if unit else name
    layout = axes(axis, metric_axis(metric)) | {"showlegend": False}
    layout["xaxis"] |= logarithmic(getattr(row, field) for row in rows)
    points = sorted(
        (getattr(rows[p], field), scaled(metric, rows[p].metric_mean))
        for p in best
    )
    data = [front_trace(points), *(point(part, row, field) for row in rows)]
    return Panel(f"{metric_name(metric)} against {name}", data, layout)


def front_trace(points: list[tuple[float, float]]) -> dict[str, Any]:
    """A dotted line through rings."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "Pareto front",
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "line": {"color": NEUTRAL, "dash": "dot"},
        "marker": {
            "size": 17,
            "symbol": "circle-open",
            "color": NEUTRAL,
            "line": {"width": 1.5},
        },
        "hoverinfo": "skip",
    }


def point(part: Comparison, row: Row, field: str) -> dict[str, Any]:
    """The mean of a row, with its interval as a bar."""
    task = part.summary.task
    by_seed = samples(part.summary.done, ROW, "metric")[row.place]
    mean, low, high = (
        scaled(task.metric, value)
        for value in (
            row.metric_mean,
            *bootstrap_interval(list(by_seed.values())),
        )
    )
    return {
        "type": "scatter",
        "mode": "markers",
        "name": label(row.name),
        "x": [getattr(row, field)],
        "y": [mean],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [high - mean],
            "arrayminus": [mean - low],
            "thickness": 1,
            "width": 0,
        },
        "marker": {
            "size": 9,
            "color": color(row.cell),
            "symbol": symbol(part.frameworks.index(row.framework)),
        },
    }
