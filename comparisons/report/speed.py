"""Sections of the page: step times, and compilation against steady speed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from comparisons.report.analysis import (
    Row,
    break_even,
    named,
    with_epoch_seconds,
)
from comparisons.report.axes import axes, logarithmic
from comparisons.report.blocks import Block, Figure, Note, Panel, label, plain
from comparisons.report.colours import colour, dash
from comparisons.report.reading import Part
from comparisons.train import step_seconds

FARTHEST = 10
"""Times the trained epochs, up to which cumulated time is drawn."""

QUANTILES = (0, 25, 50, 75, 100)


def steps_section(part: Part) -> list[Block]:
    """How step times are spread, a box for each row."""
    found = {}
    for row in part.summary.rows:
        runs = part.of_row(row)
        steps = [1e3 * s for run in runs for s in step_seconds(run)]
        if steps:
            found[row["framework"], row["cell"]] = (
                len(steps),
                np.percentile(steps, QUANTILES).tolist(),
            )
    if not found:
        return [Note("No run has a second epoch, of which steps are timed.")]
    data = [box(part, cell, found) for cell in part.cells]
    layout = axes("", "ms a training step") | {"boxmode": "group"}
    layout["yaxis"] |= logarithmic(
        value for _, values in found.values() for value in values
    )
    return [
        Figure(
            name=f"{part.slug}-steps",
            title="Step times",
            text=(
                "Each value is the mean step of one epoch; the first epoch "
                "of a run, which compiles, is left out. Boxes are quartiles "
                "with the median, whiskers reach to the extremes."
            ),
            panels=(
                Panel("ms a training step", [d for d in data if d], layout),
            ),
            table=plain(
                f"{part.slug}-steps-data",
                "Milliseconds a training step",
                (
                    *("framework", "cell", "epochs", "least", "25 %"),
                    *("median", "75 %", "greatest"),
                ),
                [
                    (*place, count, *values)
                    for place, (count, values) in found.items()
                ],
                heads=2,
            ),
        )
    ]


def box(
    part: Part,
    cell: str,
    found: dict[tuple[str, str], tuple[int, list[float]]],
) -> dict[str, Any]:
    """The boxes of a cell, one a framework; empty where it has none."""
    mine = [name for name in part.frameworks if (name, cell) in found]
    if not mine:
        return {}
    spread = [found[name, cell][1] for name in mine]
    fields = ("lowerfence", "q1", "median", "q3", "upperfence")
    return {
        "type": "box",
        "name": label(cell),
        "x": [label(name) for name in mine],
        "marker": {"color": colour(cell)},
        **{
            field: [values[place] for values in spread]
            for place, field in enumerate(fields)
        },
    }


def compile_section(part: Part) -> list[Block]:
    """Compilation against steady speed, and who catches up when."""
    rows = [
        row
        for row in with_epoch_seconds(part)
        if not math.isnan(row["compile_seconds"] + row["epoch_seconds"])
    ]
    if not rows:
        return [Note("No run has a second epoch to tell compilation from.")]
    panels = tuple(
        cumulated(part, cell, [row for row in rows if row["cell"] == cell])
        for cell in part.cells
        if any(row["cell"] == cell for row in rows)
    )
    table = plain(
        f"{part.slug}-compile-data",
        "Compilation, steady epochs, and the epoch by which a row has caught "
        "up with the rows of its cell that compile less",
        (
            *("framework", "cell", "compile s", "s/epoch", "ms/step"),
            *("trained epochs", "break-even"),
        ),
        [
            (
                row["framework"],
                row["cell"],
                row["compile_seconds"],
                row["epoch_seconds"],
                row["step_ms_median"],
                len(row["runs"][0]["epochs"]),
                caught_up(row, rows),
            )
            for row in rows
        ],
        heads=2,
    )
    return [
        Figure(
            name=f"{part.slug}-compile",
            title="Compilation against steady speed",
            text=(
                "Compilation, once a process (the first epoch's excess over "
                "the median of the others), and then epochs at the median "
                "step time. Where lines cross, the framework that compiles "
                f"longer has caught up. {' '.join(break_evens(rows))}"
            ),
            panels=panels,
            table=table,
        )
    ]


def cumulated(part: Part, cell: str, rows: list[Row]) -> Panel:
    """Seconds since the start by epoch, a line a framework."""
    trained = max(len(row["runs"][0]["epochs"]) for row in rows)
    evens = [break_even(a, b) for a in rows for b in rows if slower(a, b)]
    reach = [e for e in evens if e is not None and e <= FARTHEST * trained]
    last = max([trained, *(math.ceil(1.3 * epoch) for epoch in reach)])
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": label(row["framework"]),
            "x": [0, last],
            "y": [
                row["compile_seconds"],
                row["compile_seconds"] + last * row["epoch_seconds"],
            ],
            "line": {
                "color": colour(cell),
                "dash": dash(part.frameworks.index(row["framework"])),
                "width": 2,
            },
        }
        for row in rows
    ]
    return Panel(cell, data, axes("epochs", "seconds since the start"))


def slower(row: Row, other: Row) -> bool:
    """Whether a row compiles longer than another one of its cell."""
    return bool(
        row["cell"] == other["cell"]
        and row["compile_seconds"] > other["compile_seconds"]
    )


def caught_up(row: Row, rows: list[Row]) -> str:
    """With whom a row that compiles longer has caught up, and when."""
    found = []
    for other in rows:
        if slower(row, other):
            epoch = break_even(row, other)
            when = "never" if epoch is None else f"epoch {epoch:,}"
            found.append(f"{other['framework']}: {when}")
    return "; ".join(found) or "-"


def break_evens(rows: list[Row]) -> list[str]:
    """A sentence for each row that compiles longer and is faster."""
    sentences = []
    for row in rows:
        met = [
            (other["framework"], break_even(row, other))
            for other in rows
            if slower(row, other)
        ]
        when = [f"{name} by epoch {e:,}" for name, e in met if e is not None]
        if when:
            sentences.append(
                f"{named(row)} has caught up with {' and '.join(when)}."
            )
    return sentences
