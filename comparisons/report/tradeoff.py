"""Section of the page: accuracy against its price."""

from __future__ import annotations

from typing import Any

from comparisons.report.analysis import front, named
from comparisons.report.axes import axes, logarithmic
from comparisons.report.blocks import (
    Block,
    Figure,
    Key,
    Note,
    Panel,
    label,
    plain,
)
from comparisons.report.colours import NEUTRAL, colour, sign, symbol
from comparisons.report.reading import Part
from comparisons.statistics import bootstrap_interval
from comparisons.summary import metric_by_seed

PRICES = {
    "train_seconds": ("training time", "s"),
    "parameters": ("parameters", ""),
    "peak_memory_mb": ("peak memory", "MB"),
}
"""Field of a row -> its name and unit."""


def trade_off_section(part: Part) -> list[Block]:
    """The metric against training time, parameters and memory."""
    rows = [row for row in part.summary.rows if part.of_row(row)]
    if not rows:
        return [Note("No run has finished.")]
    metric, better = part.summary.task.metric, part.summary.task.better
    values = [row["metric_mean"] for row in rows]
    fronts = {
        field: front([row[field] for row in rows], values, better)
        for field in PRICES
    }
    panels = tuple(price_panel(part, rows, f, fronts[f]) for f in PRICES)
    table = plain(
        f"{part.slug}-trade-off-data",
        f"{metric} and its price; the rows of each Pareto front",
        (
            "framework",
            "cell",
            metric,
            *(n for n, _ in PRICES.values()),
            "front",
        ),
        [
            (
                row["framework"],
                row["cell"],
                row["metric_mean"],
                *(row[field] for field in PRICES),
                ", ".join(PRICES[f][0] for f in PRICES if place in fronts[f]),
            )
            for place, row in enumerate(rows)
        ],
        heads=2,
    )
    return [
        Figure(
            name=f"{part.slug}-trade-off",
            title=f"{metric} against its price ({better} is better)",
            text=(
                "Means over seeds, with 95 % intervals where there are "
                "several. The dotted line is "
                "the Pareto front: the rows that no other beats in both. It "
                "is of the means; not every difference along it is supported "
                f"by a test. {front_words(rows, fronts)}"
            ),
            panels=panels,
            table=table,
            keys=legend_keys(part, rows),
        )
    ]


def legend_keys(part: Part, rows: list[dict[str, Any]]) -> tuple[Key, ...]:
    """The colours of cells and the markers of frameworks."""
    cells = dict.fromkeys(row["cell"] for row in rows)
    frameworks = dict.fromkeys(row["framework"] for row in rows)
    return (
        *(Key("\u25ac", colour(cell), cell) for cell in cells),
        *(
            Key(sign(part.frameworks.index(name)), NEUTRAL, name)
            for name in frameworks
        ),
        Key("\u25ef", NEUTRAL, "on the Pareto front"),
    )


def front_words(
    rows: list[dict[str, Any]], fronts: dict[str, list[int]]
) -> str:
    """The fronts in words."""
    return " ".join(
        f"On the front for {PRICES[field][0]}: "
        f"{', '.join(named(rows[place]) for place in places)}."
        for field, places in fronts.items()
        if places
    )


def price_panel(
    part: Part, rows: list[dict[str, Any]], field: str, best: list[int]
) -> Panel:
    """A point for each row, and the Pareto front."""
    metric = part.summary.task.metric
    name, unit = PRICES[field]
    points = sorted((rows[p][field], rows[p]["metric_mean"]) for p in best)
    data: list[dict[str, Any]] = [
        {
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
    ]
    for row in rows:
        task = part.summary.task
        mean = row["metric_mean"]
        by_seed = metric_by_seed(task, part.of_row(row))
        low, high = bootstrap_interval(list(by_seed.values()))
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": label(named(row)),
                "x": [row[field]],
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
                    "color": colour(row["cell"]),
                    "symbol": symbol(part.frameworks.index(row["framework"])),
                },
            }
        )
    axis = f"{name}, {unit}" if unit else name
    layout = axes(axis, metric) | {"showlegend": False}
    layout["xaxis"] |= logarithmic(row[field] for row in rows)
    return Panel(f"{metric} against {name}", data, layout)
