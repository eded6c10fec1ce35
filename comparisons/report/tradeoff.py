"""Sections of the page: accuracy against its price, and learning curves."""

from __future__ import annotations

from typing import Any

from comparisons.report.analysis import Curve, curve_of, front, named
from comparisons.report.blocks import Block, Figure, Note, Panel, label, plain
from comparisons.report.colours import NEUTRAL, colour, dash, faded, symbol
from comparisons.report.reading import Part
from comparisons.statistics import bootstrap_interval
from comparisons.summary import metric_by_seed

PRICES = {
    "train_seconds": ("training time", "s"),
    "parameters": ("parameters", ""),
    "peak_memory_mb": ("peak memory", "MB"),
}
"""Field of a row -> its name and unit."""

Curves = dict[tuple[str, str], Curve]


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
                "Means over seeds, with 95 % intervals. The dotted line is "
                "the Pareto front: the rows that no other beats in both. It "
                "is of the means; not every difference along it is supported "
                f"by a test. {front_words(rows, fronts)}"
            ),
            panels=panels,
            table=table,
        )
    ]


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
    layout = {
        "xaxis": {"title": {"text": axis}, "type": "log", "dtick": "D2"},
        "yaxis": {"title": {"text": label(metric)}},
    }
    return Panel(f"{metric} against {name}", data, layout)


def curves_section(part: Part) -> list[Block]:
    """Learning curves over epochs and over seconds."""
    found = {
        (row["framework"], row["cell"]): curve_of(part.of_row(row))
        for row in part.summary.rows
    }
    curves = {place: curve for place, curve in found.items() if curve}
    if not curves:
        return [Note("No run has a learning curve.")]
    return [over_epochs(part, curves), over_seconds(part, curves)]


def over_epochs(part: Part, curves: Curves) -> Figure:
    """A panel a framework, a line a cell."""
    metric = part.summary.task.metric
    panels = []
    for framework in dict.fromkeys(place[0] for place in curves):
        data = []
        for (owner, cell), curve in curves.items():
            if owner == framework:
                epochs = [float(n) for n in range(1, len(curve.mean) + 1)]
                data += lines(curve, epochs, cell, cell, "solid")
        panels.append(Panel(framework, data, axes("epoch", metric)))
    longest = max(len(curve.mean) for curve in curves.values())
    rows: list[tuple[str | int, ...]] = [
        (epoch + 1, *(at(curve, epoch) for curve in curves.values()))
        for epoch in range(longest)
    ]
    return Figure(
        name=f"{part.slug}-epochs",
        title=f"Validation {metric} over epochs",
        text="Means over seeds; the band is the range between seeds.",
        panels=tuple(panels),
        table=plain(
            f"{part.slug}-epochs-data",
            f"Validation {metric} after each epoch: mean (range over seeds)",
            ("epoch", *(" ".join(place) for place in curves)),
            rows,
        ),
    )


def over_seconds(part: Part, curves: Curves) -> Figure:
    """A panel a cell, a line a framework."""
    metric = part.summary.task.metric
    panels = []
    for cell in dict.fromkeys(place[1] for place in curves):
        data = []
        for (framework, owner), curve in curves.items():
            if owner == cell:
                style = dash(part.frameworks.index(framework))
                data += lines(curve, curve.seconds, cell, framework, style)
        panels.append(Panel(cell, data, axes("seconds of training", metric)))
    rows = [
        (*place, len(c.mean), c.seconds[0], c.seconds[-1], c.mean[-1])
        for place, c in curves.items()
    ]
    return Figure(
        name=f"{part.slug}-seconds",
        title=f"Validation {metric} over seconds",
        text=(
            "The same curves by the clock: a line begins after the first "
            "epoch, which compiles, and ends with the last. Validation itself "
            "is not in the time. Solid, dashed, dotted: the frameworks, "
            f"{', '.join(part.frameworks)}."
        ),
        panels=tuple(panels),
        table=plain(
            f"{part.slug}-seconds-data",
            "Seconds until the first and the last epoch ended",
            (
                *("framework", "cell", "epochs", "first, s", "last, s"),
                f"last {metric}",
            ),
            rows,
            heads=2,
        ),
    )


def lines(
    curve: Curve, x: list[float], cell: str, name: str, style: str
) -> list[dict[str, Any]]:
    """The band between seeds, and the mean on top of it."""
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
        "line": {"color": colour(cell), "dash": style, "width": 2},
    }
    return [band, middle]


def axes(x: str, y: str) -> dict[str, Any]:
    """Titles of both axes."""
    return {
        "xaxis": {"title": {"text": label(x)}},
        "yaxis": {"title": {"text": label(y)}},
    }


def at(curve: Curve, epoch: int) -> str:
    """The mean and the range of one epoch."""
    if epoch >= len(curve.mean):
        return "-"
    low, high = curve.low[epoch], curve.high[epoch]
    return f"{curve.mean[epoch]:.4g} ({low:.4g} to {high:.4g})"
