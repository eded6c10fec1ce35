"""Section of the page: accuracy against its price."""

from __future__ import annotations

from typing import Any

from comparisons.analysis.curves import front
from comparisons.analysis.frame import ROW, samples
from comparisons.analysis.loading import Comparison
from comparisons.analysis.statistics import bootstrap_interval
from comparisons.analysis.summary import Row
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

PRICES = {
    "train_seconds": ("training time", "s"),
    "parameters": ("parameters", ""),
    "peak_memory_mb": ("peak memory", "MB"),
}
"""Field of a row -> its name and unit."""

MEANING = (
    "Means over seeds, with 95 % intervals where there are several. The "
    "dotted line is the Pareto front: the rows that no other beats in both. "
    "It is of the means; not every difference along it is supported by a "
    "test."
)

Fronts = dict[str, list[int]]
"""Field of PRICES -> the places of the rows on its front."""


def trade_off_section(part: Comparison) -> list[Block]:
    """The metric against training time, parameters and memory."""
    rows = [row for row in part.summary.rows if row.seeds]
    if not rows:
        return [Note("No run has finished.")]
    metric, better = part.summary.task.metric, part.summary.task.better
    values = [row.metric_mean for row in rows]
    fronts = {
        field: front([getattr(row, field) for row in rows], values, better)
        for field in PRICES
    }
    return [
        Figure(
            name=f"{part.slug}-trade-off",
            title=f"{metric} against its price ({better} is better)",
            text=f"{MEANING} {front_words(rows, fronts)}",
            panels=tuple(
                price_panel(part, rows, field, best)
                for field, best in fronts.items()
            ),
            table=price_table(part, rows, fronts),
            keys=legend_keys(part, rows),
        )
    ]


def price_table(part: Comparison, rows: list[Row], fronts: Fronts) -> Table:
    """The metric of each row, its prices, and the fronts that it is on."""
    metric = part.summary.task.metric
    prices = [name for name, _ in PRICES.values()]
    return plain(
        f"{part.slug}-trade-off-data",
        f"{metric} and its price; the rows of each Pareto front",
        ("framework", "cell", metric, *prices, "front"),
        [
            (
                row.framework,
                row.cell,
                row.metric_mean,
                *(getattr(row, field) for field in PRICES),
                ", ".join(PRICES[f][0] for f in PRICES if place in fronts[f]),
            )
            for place, row in enumerate(rows)
        ],
        heads=2,
    )


def legend_keys(part: Comparison, rows: list[Row]) -> tuple[Key, ...]:
    """The colours of cells and the markers of frameworks."""
    cells = dict.fromkeys(row.cell for row in rows)
    frameworks = dict.fromkeys(row.framework for row in rows)
    return (
        *(Key("\u25ac", color(cell), cell) for cell in cells),
        *(
            Key(sign(part.frameworks.index(name)), NEUTRAL, name)
            for name in frameworks
        ),
        Key("\u25ef", NEUTRAL, "on the Pareto front"),
    )


def front_words(rows: list[Row], fronts: Fronts) -> str:
    """The fronts in words."""
    return " ".join(
        f"On the front for {PRICES[field][0]}: "
        f"{', '.join(rows[place].name for place in places)}."
        for field, places in fronts.items()
        if places
    )


def price_panel(
    part: Comparison, rows: list[Row], field: str, best: list[int]
) -> Panel:
    """A point for each row, and the Pareto front."""
    metric = part.summary.task.metric
    name, unit = PRICES[field]
    axis = f"{name}, {unit}" if unit else name
    layout = axes(axis, metric) | {"showlegend": False}
    layout["xaxis"] |= logarithmic(getattr(row, field) for row in rows)
    points = sorted(
        (getattr(rows[p], field), rows[p].metric_mean) for p in best
    )
    data = [front_trace(points), *(point(part, row, field) for row in rows)]
    return Panel(f"{metric} against {name}", data, layout)


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
    mean = row.metric_mean
    by_seed = samples(part.summary.done, ROW, "metric")[row.place]
    low, high = bootstrap_interval(list(by_seed.values()))
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
