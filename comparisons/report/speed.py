"""Section of the page: step times."""

from collections.abc import Mapping
from typing import Any

from comparisons.analysis.loading import Comparison
from comparisons.analysis.rows import Place
from comparisons.figures.colors import color
from comparisons.figures.lines import step_quantiles
from comparisons.figures.messages import steps_message
from comparisons.report.blocks import Block, Figure, Note
from comparisons.report.plotly.axes import axes, logarithmic
from comparisons.report.plotly.traces import Panel, label
from comparisons.report.tables import plain
from shared.exhibits.names import cell_name, framework_name

MEANING = (
    "One value per epoch, the mean over its steps, without the first epoch "
    "of a run (compilation). Boxes: quartiles and median; whiskers: range; "
    "a point: one value."
)
QUANTILES = ("lowerfence", "q1", "median", "q3", "upperfence")


def steps_section(part: Comparison) -> list[Block]:
    """The distribution of step times, a box for each row."""
    found = step_quantiles(part.summary)
    if not found:
        return [Note("Step times need timed runs of two epochs.")]
    boxes = [*box_traces(part, found), *point_traces(part, found)]
    layout = axes("", "ms per training step") | {"boxmode": "group"}
    layout["yaxis"] |= logarithmic(v for _, q in found.values() for v in q)
    table = plain(
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
    return [
        Figure(
            name=f"{part.slug}-steps",
            title=steps_message(found),
            text=MEANING,
            panels=(Panel("ms per training step", boxes, layout),),
            table=table,
        )
    ]


def box_traces(
    part: Comparison, found: Mapping[Place, tuple[int, tuple[float, ...]]]
) -> list[dict[str, Any]]:
    """A trace per cell, with a box for each framework of several values."""
    boxes: list[dict[str, Any]] = []
    for cell in part.cells:
        rows = [
            (f, cell)
            for f in part.frameworks
            if found.get((f, cell), (0,))[0] > 1
        ]
        quantiles = zip(*(found[row][1] for row in rows))
        box = {
            "type": "box",
            "name": label(cell_name(cell)),
            "x": [label(framework_name(framework)) for framework, _ in rows],
            "marker": {"color": color(cell)},
            **dict(zip(QUANTILES, quantiles)),
        }
        boxes += [box] if rows else []
    return boxes


def point_traces(
    part: Comparison, found: Mapping[Place, tuple[int, tuple[float, ...]]]
) -> list[dict[str, Any]]:
    """A trace per cell, with a point for each framework of one value."""
    points: list[dict[str, Any]] = []
    for cell in part.cells:
        rows = [
            (f, cell)
            for f in part.frameworks
            if found.get((f, cell), (0,))[0] == 1
        ]
        point = {
            "type": "scatter",
            "mode": "markers",
            "name": label(cell_name(cell)),
            "x": [label(framework_name(framework)) for framework, _ in rows],
            "y": [found[row][1][0] for row in rows],
            "marker": {"color": color(cell), "size": 9},
        }
        points += [point] if rows else []
    return points
