"""Section of the page: compilation time and steady speed."""

from __future__ import annotations

import math

from comparisons.analysis.curves import (
    Row,
    break_even,
    named,
    with_epoch_seconds,
)
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

FIELDS = ("compile_seconds", "epoch_seconds", "step_ms_median")
MEANING = (
    "Compilation, once per process (the excess of the first epoch over the "
    "median epoch), then epochs at the median step time. Where two lines "
    "cross, the framework that compiles longer has caught up."
)


def compile_section(part: Comparison) -> list[Block]:
    """Compilation time, steady speed, and the break-even epochs."""
    rows = [
        row
        for row in with_epoch_seconds(part)
        if not math.isnan(row["compile_seconds"] + row["epoch_seconds"])
    ]
    if not rows:
        return [Note("Compilation time needs a second epoch.")]
    by_cell = {
        cell: [row for row in rows if row["cell"] == cell]
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


def compile_table(part: Comparison, rows: list[Row]) -> Table:
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
                framework_name(row["framework"]),
                cell_name(row["cell"]),
                *(row[name] for name in FIELDS),
                len(row["runs"][0]["epochs"]),
                caught_up(row, rows),
            )
            for row in rows
        ],
        heads=2,
    )


def cumulated(part: Comparison, cell: str, rows: list[Row]) -> Panel:
    """Seconds since the start by epoch, a line per framework."""
    trained = max(len(row["runs"][0]["epochs"]) for row in rows)
    evens = [break_even(a, b) for a in rows for b in rows if slower(a, b)]
    reach = [e for e in evens if e is not None and e <= FARTHEST * trained]
    last = max([trained, *(math.ceil(1.3 * epoch) for epoch in reach)])
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": label(framework_name(row["framework"])),
            "x": [0, last],
            "y": [
                row["compile_seconds"],
                row["compile_seconds"] + last * row["epoch_seconds"],
            ],
            "line": {
                "color": color(cell),
                "dash": dash(part.frameworks.index(row["framework"])),
                "width": 2,
            },
        }
        for row in rows
    ]
    return Panel(
        cell_name(cell), data, axes("epochs", "seconds since the start")
    )


def slower(row: Row, other: Row) -> bool:
    """Whether a row compiles longer than another one of its cell."""
    return bool(
        row["cell"] == other["cell"]
        and row["compile_seconds"] > other["compile_seconds"]
    )


def caught_up(row: Row, rows: list[Row]) -> str:
    """The rows that a row which compiles longer catches up with."""
    found = []
    for other in rows:
        if slower(row, other):
            epoch = break_even(row, other)
            when = "never" if epoch is None else f"epoch {epoch:,}"
            found.append(f"{framework_name(other['framework'])}: {when}")
    return "; ".join(found) or "-"


def break_evens(rows: list[Row]) -> list[str]:
    """A sentence for each row that compiles longer and is faster."""
    sentences = []
    for row in rows:
        met = [
            (framework_name(other["framework"]), break_even(row, other))
            for other in rows
            if slower(row, other)
        ]
        when = [f"{name} in epoch {e:,}" for name, e in met if e is not None]
        if when:
            sentences.append(
                f"{named(row)} catches up with {' and '.join(when)}."
            )
    return sentences
