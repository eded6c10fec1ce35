"""Section of the page: the metric against time, size, and memory."""

import math
from typing import Any

from comparisons.analysis.curves import front
from comparisons.analysis.frame import ROW
from comparisons.analysis.loading import Comparison
from comparisons.analysis.rows import Row
from comparisons.analysis.statistics import best_name, bootstrap_interval, means
from comparisons.figures.colors import NEUTRAL, SYMBOLS, color, cycled
from comparisons.figures.labels import without_overlap
from comparisons.figures.lines import Line
from comparisons.figures.messages import COSTS, cost_message
from comparisons.report.blocks import Block, Figure, Note, Table, plain
from comparisons.report.plotly import (
    Panel,
    axes,
    label,
    logarithmic,
    near,
    score_range,
    traces,
)
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_axis,
    metric_name,
    scaled,
)

MEANING = (
    "Means over seeds, with 95 % intervals where there are several. Dotted: "
    "the Pareto front of the means, the rows that no other dominates; not "
    "every difference along it is significant."
)
RINGS = {"size": 17, "symbol": "circle-open", "color": NEUTRAL}


def trade_off_section(part: Comparison) -> list[Block]:
    figure = cost_figure(part, tuple(COSTS), "trade-off")
    return [figure or Note("No run has finished.")]


def cost_figure(
    part: Comparison, fields: tuple[str, ...], name: str
) -> Figure | None:
    """The metric of each row against these costs; None without a result."""
    rows = [row for row in part.summary.rows if row.seeds]
    if not rows:
        return None
    better = part.summary.task.better
    scores = [row.metric_mean for row in rows]
    fronts: dict[str, list[Row]] = {}
    for field in fields:
        best = front([getattr(row, field) for row in rows], scores, better)
        fronts[field] = [rows[place] for place in best]
    sentences = [
        f"On the front for {COSTS[field][0]}: "
        f"{', '.join(row.name for row in best)}."
        for field, best in fronts.items()
        if best
    ]
    return Figure(
        name=f"{part.slug}-{name}",
        title=cost_message(part.summary, rows, fields),
        text=" ".join((MEANING, *sentences)),
        panels=tuple(
            cost_panel(part, rows, field, best)
            for field, best in fronts.items()
        ),
        table=cost_table(part, rows, fronts, name),
        legend=legend(part, rows),
    )


def cost_table(
    part: Comparison,
    rows: list[Row],
    fronts: dict[str, list[Row]],
    figure: str,
) -> Table:
    """The metric of each row, its costs, and the fronts that it is on."""
    metric = part.summary.task.metric
    return plain(
        f"{part.slug}-{figure}-data",
        f"{metric_name(metric)} and costs; rows of each Pareto front",
        (
            *("framework", "cell", metric_axis(metric)),
            *(COSTS[field][0] for field in fronts),
            "front",
        ),
        [
            (
                framework_name(row.framework),
                cell_name(row.cell),
                scaled(metric, row.metric_mean),
                *(getattr(row, field) for field in fronts),
                ", ".join(COSTS[f][0] for f in fronts if row in fronts[f]),
            )
            for row in rows
        ],
        heads=2,
    )


def legend(
    part: Comparison, rows: list[Row]
) -> tuple[tuple[str, str, str], ...]:
    """Sign, color, text: a color per cell, a marker per framework, a ring."""
    signs = tuple(SYMBOLS.values())
    cells = dict.fromkeys(row.cell for row in rows)
    keys = [("\u25ac", color(cell), cell_name(cell)) for cell in cells]
    for name in dict.fromkeys(row.framework for row in rows):
        sign = cycled(signs, part.frameworks.index(name))
        keys.append((sign, NEUTRAL, framework_name(name)))
    return *keys, ("\u25ef", NEUTRAL, "on the Pareto front")


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


def named_rows(rows: list[Row], field: str) -> list[Row]:
    """The cheapest row of each cell, without those whose labels collide."""
    cheapest: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: getattr(row, field)):
        cheapest.setdefault(row.cell, row)
    found = list(cheapest.values())
    costs = [math.log(max(getattr(row, field), 1e-9)) for row in rows]
    scores = [row.metric_mean for row in rows]
    wide, high = (max(v) - min(v) or 1.0 for v in (costs, scores))
    points = [
        (costs[n] / wide, scores[n] / high) for n in map(rows.index, found)
    ]
    return [found[place] for place in without_overlap(points)]


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
    named = named_rows(rows, field)
    for row in rows:
        interval = bootstrap_interval(list(by_row[row.place].values()))
        mean, low, high = (
            [scaled(metric, value)] for value in (row.metric_mean, *interval)
        )
        symbol = cycled(tuple(SYMBOLS), part.frameworks.index(row.framework))
        shade = color(row.cell)
        data += traces(
            Line(
                *(row.name, [getattr(row, field)], mean, shade),
                low=low,
                high=high,
            ),
            bars={"thickness": 1, "width": 0},
            mode="markers+text",
            marker={"size": 9, "color": shade, "symbol": symbol},
            # Beside the cheapest row of each cell.
            text=[label(cell_name(row.cell)) * (row in named)],
            textposition="bottom center",
            textfont={"color": shade, "size": 13},
        )
    title = f"{metric_name(metric)} against {name}"
    return Panel(title, data, layout | {"showlegend": False})
