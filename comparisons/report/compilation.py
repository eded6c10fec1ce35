"""Section of the page: compilation time and steady speed."""

from __future__ import annotations

import math

from comparisons.analysis.curves import Timed, break_even, timed_rows
from comparisons.analysis.loading import Comparison
from comparisons.figures.colors import color, dash
from comparisons.report.axes import axes
from comparisons.report.blocks import (
    Block,
    Figure,
    Note,
    Panel,
    Table,
    label,
    plain,
)
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
    by_cell = {
        cell: [one for one in rows if one.row.cell == cell]
        for cell in part.cells
    }
    return [
        Figure(
            name=f"{part.slug}-compile",
            title="Compilation time and steady speed",
            text=" ".join((MEANING, *break_evens(rows))),
            panels=tuple(
                cumulated(part, cell, found)
                for cell, found in by_cell.items()
                if found
            ),
            table=compile_table(part, rows),
        )
    ]


def compile_table(part: Comparison, rows: list[Timed]) -> Table:
    return plain(
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
                caught_up(one, rows),
            )
            for one in rows
        ],
        heads=2,
    )


def cumulated(part: Comparison, cell: str, rows: list[Timed]) -> Panel:
    """Seconds since the start by epoch, a line per framework."""
    trained = max(one.epochs for one in rows)
    evens = [break_even(a, b) for a in rows for b in rows if slower(a, b)]
    reach = [e for e in evens if e is not None and e <= FARTHEST * trained]
    last = max([trained, *(math.ceil(1.3 * epoch) for epoch in reach)])
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": label(framework_name(one.row.framework)),
            "x": [0, last],
            "y": [
                one.row.compile_seconds,
                one.row.compile_seconds + last * one.epoch_seconds,
            ],
            "line": {
                "color": color(cell),
                "dash": dash(part.frameworks.index(one.row.framework)),
                "width": 2,
            },
        }
        for one in rows
    ]
    return Panel(
        cell_name(cell), data, axes("epochs", "seconds since the start")
    )


def slower(one: Timed, other: Timed) -> bool:
    """Whether a row compiles longer than another one of its cell."""
    return bool(
        one.row.cell == other.row.cell
        and one.row.compile_seconds > other.row.compile_seconds
    )


def caught_up(one: Timed, rows: list[Timed]) -> str:
    """The rows that a row which compiles longer catches up with."""
    found = []
    for other in rows:
        if slower(one, other):
            epoch = break_even(one, other)
            when = "never" if epoch is None else f"epoch {epoch:,}"
            found.append(f"{framework_name(other.row.framework)}: {when}")
    return "; ".join(found) or "-"


def break_evens(rows: list[Timed]) -> list[str]:
    """A sentence for each row that compiles longer and is faster."""
    sentences = []
    for one in rows:
        met = [
            (framework_name(other.row.framework), break_even(one, other))
            for other in rows
            if slower(one, other)
        ]
        when = [f"{name} in epoch {e:,}" for name, e in met if e is not None]
        if when:
            sentences.append(
                f"{one.row.name} catches up with {' and '.join(when)}."
            )
    return sentences
