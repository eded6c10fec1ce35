"""Section of the page: step times."""

from __future__ import annotations

from typing import Any

import numpy as np

from comparisons.analysis.frame import ROW
from comparisons.analysis.loading import Comparison
from comparisons.figures.colors import color
from comparisons.report.axes import axes, logarithmic
from comparisons.report.blocks import (
    Block,
    Figure,
    Note,
    Panel,
    Table,
    label,
    plain,
)

QUANTILES = (0, 25, 50, 75, 100)
MEANING = (
    "Each value is the mean step of one epoch; the first epoch of a run, "
    "which compiles, is left out. Boxes are quartiles with the median, "
    "whiskers reach to the extremes."
)

Spreads = dict[tuple[str, str], tuple[int, list[float]]]
"""Framework and cell -> the number of epochs, and QUANTILES of ms a step."""


def steps_section(part: Comparison) -> list[Block]:
    """How step times are spread, a box for each row."""
    found: Spreads = {}
    timed = part.summary.epochs.dropna(subset=["step_ms"])
    for row, steps in timed.groupby(ROW, sort=False)["step_ms"]:
        spread = np.percentile(steps.to_numpy(), QUANTILES).tolist()
        found[row] = (len(steps), spread)
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
            text=MEANING,
            panels=(
                Panel("ms a training step", list(filter(None, data)), layout),
            ),
            table=steps_table(part, found),
        )
    ]


def steps_table(part: Comparison, found: Spreads) -> Table:
    """The quartiles and extremes of each row."""
    return plain(
        f"{part.slug}-steps-data",
        "Milliseconds a training step",
        (
            *("framework", "cell", "epochs", "least", "25 %"),
            *("median", "75 %", "greatest"),
        ),
        [(*place, count, *values) for place, (count, values) in found.items()],
        heads=2,
    )


def box(part: Comparison, cell: str, found: Spreads) -> dict[str, Any]:
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
        "marker": {"color": color(cell)},
        **{
            field: [values[place] for values in spread]
            for place, field in enumerate(fields)
        },
    }
