"""Section of the page: compilation time and steady speed."""

from __future__ import annotations

import math

from comparisons.analysis.curves import Timed, break_even, timed_rows
from comparisons.analysis.loading import Comparison
from comparisons.figures.colors import DASHES, color, cycled
from comparisons.figures.lines import Line
from comparisons.report.blocks import Block, Figure, Note, plain
from comparisons.report.plotly import Panel, axes, line_panels
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
        return [Note("Compilation time needs a second epoch.")]
    epochs = {one.row.place: caught_up(one, rows) for one in rows}
    sentences = []
    for one in rows:
        met = {n: e for n, e in epochs[one.row.place].items() if e is not None}
        when = [f"{name} in epoch {epoch:,}" for name, epoch in met.items()]
        if when:
            names = " and ".join(when)
            sentences.append(f"{one.row.name} catches up with {names}.")
    by_cell = {
        cell: [one for one in rows if one.row.cell == cell]
        for cell in part.cells
    }
    table = plain(
        f"{part.slug}-compile-data",
        "Compilation, steady epochs, and the epoch in which a row catches up "
        "with the rows of its cell that compile less",
        (
            *("framework", "cell", "compile s", "s/epoch", "ms/step"),
            *("trained epochs", "break-even"),
        ),
        [
            (
                framework_name(one.row.framework),
                cell_name(one.row.cell),
                one.row.compile_seconds,
                one.epoch_seconds,
                one.row.step_ms_median,
                one.epochs,
                "; ".join(
                    f"{name}: {'never' if e is None else f'epoch {e:,}'}"
                    for name, e in epochs[one.row.place].items()
                )
                or "-",
            )
            for one in rows
        ],
        heads=2,
    )
    return [
        Figure(
            name=f"{part.slug}-compile",
            title="Compilation time and steady speed",
            text=" ".join((MEANING, *sentences)),
            panels=tuple(
                panel
                for cell, found in by_cell.items()
                if found
                for panel in cumulated(part, cell, found)
            ),
            table=table,
        )
    ]


def caught_up(one: Timed, rows: list[Timed]) -> dict[str, int | None]:
    """Framework that compiles less -> the epoch of break-even, None: never."""
    return {
        framework_name(other.row.framework): break_even(one, other)
        for other in rows
        if one.row.cell == other.row.cell
        and one.row.compile_seconds > other.row.compile_seconds
    }


def cumulated(
    part: Comparison, cell: str, rows: list[Timed]
) -> tuple[Panel, ...]:
    """Seconds since the start by epoch, a line per framework."""
    trained = max(one.epochs for one in rows)
    evens = [e for one in rows for e in caught_up(one, rows).values() if e]
    near = [e for e in evens if e <= FARTHEST * trained]
    last = max([trained, *(math.ceil(1.3 * epoch) for epoch in near)])
    lines = [
        Line(
            framework_name(one.row.framework),
            [0, last],
            [
                one.row.compile_seconds,
                one.row.compile_seconds + last * one.epoch_seconds,
            ],
            color(cell),
            cycled(DASHES, part.frameworks.index(one.row.framework)),
        )
        for one in rows
    ]
    layout = axes("epochs", "seconds since the start")
    return line_panels({cell_name(cell): lines}, layout)
