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
from shared.exhibits.names import cell_name, framework_name

QUANTILES = (0, 25, 50, 75, 100)
MEANING = (
    "One value per epoch, the mean over its steps, without the first epoch "
    "of a run (compilation). Boxes: quartiles and median; whiskers: range."
)

Spreads = dict[tuple[str, str], tuple[int, list[float]]]
"""Framework and cell -> the number of epochs, and QUANTILES of ms per step."""


def steps_section(part: Comparison) -> list[Block]:
    """The distribution of step times, a box for each row."""
    found: Spreads = {}
    timed = part.summary.epochs.dropna(subset=["step_ms"])
    for row, steps in timed.groupby(ROW, sort=False)["step_ms"]:
        spread = np.percentile(steps.to_numpy(), QUANTILES).tolist()
        found[row] = (len(steps), spread)
    if not found:
        return [Note("Step times need a second epoch.")]
    data = [box(part, cell, found) for cell in part.cells]
    layout = axes("", "ms per training step") | {"boxmode": "group"}
    layout["yaxis"] |= logarithmic(
        value for _, values in found.values() for value in values
    )
    return [
        Figure(
            name=f"{part.slug}-steps",
            title="Step times",
            text=MEANING,
            panels=(
                Panel("ms per training step", list(filter(None, data)), layout),
            ),
            table=steps_table(part, found),
        )
    ]


def steps_table(part: Comparison, found: Spreads) -> Table:
    return plain(
        f"{part.slug}-steps-data",
        "Milliseconds per training step",
        (
            *("framework", "cell", "epochs", "min", "25 %"),
            *("median", "75 %", "max"),
        ),
        [
            (framework_name(framework), cell_name(cell), count, *values)
            for (framework, cell), (count, values) in found.items()
        ],
        heads=2,
    )


def box(part: Comparison, cell: str, found: Spreads) -> dict[str, Any]:
    """The boxes of a cell, one per framework; empty where it has none."""
    mine = [name for name in part.frameworks if (name, cell) in found]
    if not mine:
        return {}
    spread = [found[name, cell][1] for name in mine]
    fields = ("lowerfence", "q1", "median", "q3", "upperfence")
    return {
        "type": "box",
        "name": label(cell_name(cell)),
        "x": [label(framework_name(name)) for name in mine],
        "marker": {"color": color(cell)},
        **{
            field: [values[place] for values in spread]
            for place, field in enumerate(fields)
        },
    }
