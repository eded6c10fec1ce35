"""Section of the page: compilation time and steady speed."""

import math
from typing import Any

from comparisons.analysis.curves import Timed, break_even, timed_rows
from comparisons.analysis.loading import Comparison
from comparisons.figures.colors import DASHES, color, cycled
from comparisons.figures.lines import Line, Panels, dash_keys
from comparisons.figures.messages import compile_message
from comparisons.report.blocks import Block, Figure, Note, Table, legend_of
from comparisons.report.plotly.axes import axes, epoch_axis
from comparisons.report.plotly.panels import line_panels
from comparisons.report.tables import plain
from shared.exhibits.names import cell_name, framework_name

FARTHEST = 10
"""Multiple of the trained epochs up to which time is drawn."""

MEANING = (
    "Compilation, once per process (the excess of the first epoch over the "
    "median epoch), then epochs at the median step time. Where two lines "
    "cross, the framework that compiles longer has caught up."
)


def compile_section(part: Comparison) -> list[Block]:
    """Compilation time, steady speed, and the break-even epochs."""
    rows = [
        one
        for one in timed_rows(part.summary)
        if not math.isnan(one.row.compile_seconds + one.epoch_seconds)
    ]
    if not rows:
        return [Note("Compilation time needs timed runs of two epochs.")]
    sentences = []
    for one in rows:
        found = caught_up(one, rows).items()
        when = [f"{name} in epoch {epoch:,}" for name, epoch in found if epoch]
        if when:
            names = " and ".join(when)
            sentences.append(f"{one.row.name} catches up with {names}.")
    panels: Panels = {}
    for cell in dict.fromkeys(one.row.cell for one in rows):
        same = [one for one in rows if one.row.cell == cell]
        panels[cell_name(cell)] = seconds_lines(part, same)
    return [
        Figure(
            name=f"{part.slug}-compile",
            title=compile_message(rows),
            text=" ".join((MEANING, *sentences)),
            panels=tuple(
                panel
                for cell, lines in panels.items()
                for panel in line_panels({cell: lines}, axes_of(lines))
            ),
            table=compile_table(part, rows),
            legend=legend_of(dash_keys(map(framework_name, part.frameworks))),
        )
    ]


def axes_of(lines: list[Line]) -> dict[str, Any]:
    """Epochs are whole, in each panel as many as its lines have."""
    layout = axes("epochs", "seconds since the start")
    layout["xaxis"] |= epoch_axis(int(lines[0].x[-1]))
    return layout


def compile_table(part: Comparison, rows: list[Timed]) -> Table:
    lines = []
    for one in rows:
        when = [
            f"{name}: {'never' if epoch is None else f'epoch {epoch:,}'}"
            for name, epoch in caught_up(one, rows).items()
        ]
        lines.append(
            (
                *(framework_name(one.row.framework), cell_name(one.row.cell)),
                *(one.row.compile_seconds, one.epoch_seconds),
                *(one.row.step_ms_median, one.epochs, "; ".join(when) or "-"),
            )
        )
    return plain(
        f"{part.slug}-compile-data",
        "Compilation, steady epochs, and the epoch in which a row catches up "
        "with the rows of its cell that compile less",
        (
            *("framework", "cell", "compile s", "s/epoch", "ms/step"),
            *("trained epochs", "break-even"),
        ),
        lines,
        heads=2,
    )


def caught_up(one: Timed, rows: list[Timed]) -> dict[str, int | None]:
    """Framework that compiles less -> the epoch of break-even, None: never."""
    return {
        framework_name(other.row.framework): break_even(one, other)
        for other in rows
        if one.row.cell == other.row.cell
        and one.row.compile_seconds > other.row.compile_seconds
    }


def seconds_lines(part: Comparison, rows: list[Timed]) -> list[Line]:
    """Seconds since the start by epoch, a line per framework of a cell."""
    trained = max(one.epochs for one in rows)
    evens = [e for one in rows for e in caught_up(one, rows).values() if e]
    near = [e for e in evens if e <= FARTHEST * trained]
    last = max([trained, *(math.ceil(1.3 * epoch) for epoch in near)])
    lines = []
    for one in rows:
        first = one.row.compile_seconds
        line = Line(
            framework_name(one.row.framework),
            [0, last],
            [first, first + last * one.epoch_seconds],
            color(one.row.cell),
            cycled(DASHES, part.frameworks.index(one.row.framework)),
        )
        lines.append(line)
    return lines
