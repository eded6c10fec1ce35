"""Section of the page: the metric against time, size, and memory."""

import math

from comparisons.analysis.curves import front
from comparisons.analysis.loading import Comparison
from comparisons.analysis.rows import Row
from comparisons.figures.colors import NEUTRAL, SYMBOLS, color, cycled
from comparisons.figures.messages import COSTS, cost_message
from comparisons.report.blocks import Block, Figure, Note, Table
from comparisons.report.tables import plain
from comparisons.report.tradeoff.panel import cost_panel
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_axis,
    metric_name,
    scaled,
)

MEANING = {
    True: "Means over seeds, with 95 % intervals",
    False: "One run of each row, without intervals",
}
"""Whether there are several seeds -> what a point is."""

FRONT = (
    "Dotted: the Pareto front, the rows that no other dominates; not every "
    "difference along it is significant."
)


def trade_off_section(part: Comparison) -> list[Block]:
    figure = cost_figure(part, tuple(COSTS), "trade-off")
    return [figure or Note("No run has finished.")]


def cost_figure(
    part: Comparison, fields: tuple[str, ...], name: str
) -> Figure | None:
    """The metric of each row against these costs; None without a result."""
    done = [row for row in part.summary.rows if row.seeds]
    fields = tuple(f for f in fields if known(done, f))
    rows = [row for row in done if any(known([row], f) for f in fields)]
    if not rows or not fields:
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
    shown = MEANING[any(row.seeds > 1 for row in rows)]
    return Figure(
        name=f"{part.slug}-{name}",
        title=cost_message(part.summary, rows, fields),
        text=" ".join((f"{shown}.", FRONT, *sentences)),
        panels=tuple(
            cost_panel(part, rows, field, best)
            for field, best in fronts.items()
        ),
        table=cost_table(part, rows, fronts, name),
        legend=legend(part, rows),
    )


def known(rows: list[Row], field: str) -> bool:
    """Whether a row has this cost; runs that are scored only have no times."""
    return not all(math.isnan(getattr(row, field)) for row in rows)


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
