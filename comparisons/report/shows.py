"""Sections of the page: what the task shows, and published figures."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from comparisons.findings import by_cell
from comparisons.report.axes import axes
from comparisons.report.blocks import (
    Block,
    Figure,
    Note,
    Panel,
    Texts,
    label,
    plain,
)
from comparisons.report.colours import COLOURS, NEUTRAL, colour
from comparisons.report.reading import Part
from comparisons.report.views import UNREADABLE, exhibits
from comparisons.statistics import mean
from shared.exhibits import Exhibit, Lines, Matrix, Samples, Series, TextTable

SCALE = [[0, "rgba(10,120,191,0)"], [1, "rgba(10,120,191,1)"]]
"""From the page's own ground, light or dark, to full colour."""

TALL = 28
"""Pixels of a matrix's row."""


def task_section(part: Part) -> list[Block]:
    """What the task shows of its finished runs."""
    try:
        found = [
            block
            for exhibit in exhibits(part.summary)
            for block in RENDERERS[type(exhibit)](part.slug, exhibit)
        ]
    except UNREADABLE as error:
        name = type(error).__name__
        return [Note(f"The recorded details cannot be shown: {name}: {error}")]
    return found or [Note("No recorded run has details to show.")]


def lines_block(slug: str, exhibit: Lines) -> list[Block]:
    """Series over one axis."""
    names = dict.fromkeys(x for s in exhibit.series for x in steps_of(s))
    values = [dict(zip(steps_of(s), s.y)) for s in exhibit.series]
    table = plain(
        f"{slug}-{exhibit.name}-data",
        exhibit.title,
        (exhibit.x_label, *(series.name for series in exhibit.series)),
        [(x, *(known.get(x) for known in values)) for x in sorted(names)],
    )
    data = [series_trace(series) for series in exhibit.series]
    layout = axes(exhibit.x_label, exhibit.y_label)
    panel = Panel(exhibit.title, data, layout)
    return [
        Figure(
            f"{slug}-{exhibit.name}",
            exhibit.title,
            exhibit.text,
            (panel,),
            table,
        )
    ]


def steps_of(series: Series) -> tuple[float, ...]:
    """The places of a series on its axis."""
    return series.x or tuple(range(len(series.y)))


def series_trace(series: Series) -> dict[str, Any]:
    """A line or points; what is no cell is neutral."""
    shade = colour(series.name) if series.name in COLOURS else NEUTRAL
    return {
        "type": "scatter",
        "mode": {"line": "lines", "points": "markers"}[series.kind],
        "name": label(series.name),
        "x": list(steps_of(series)),
        "y": list(series.y),
        "line": {"color": shade, "width": 1.5},
        "marker": {"color": shade, "size": 5},
    }


def matrix_block(slug: str, exhibit: Matrix) -> list[Block]:
    """A heat map that shows each value where one points."""
    shares = exhibit.shares or exhibit.values
    data = {
        "type": "heatmap",
        "x": [label(name) for name in exhibit.columns],
        "y": [label(name) for name in exhibit.rows],
        "z": [list(row) for row in shares],
        "customdata": [list(row) for row in exhibit.values],
        "colorscale": SCALE,
        "xgap": 1,
        "ygap": 1,
        "colorbar": {
            "orientation": "h",
            "outlinewidth": 0,
            "thickness": 10,
            "yanchor": "bottom",
            "y": 1.0,
        },
        "hovertemplate": (
            f"{label(exhibit.row_label)} %{{y}}<br>"
            f"{label(exhibit.column_label)} %{{x}}<br>"
            "%{customdata} (%{z:.3~g})<extra></extra>"
        ),
    }
    if exhibit.shares:
        data |= {"zmin": 0, "zmax": 1}
    layout = axes(exhibit.column_label, exhibit.row_label)
    layout["yaxis"]["autorange"] = "reversed"
    layout["height"] = 150 + TALL * len(exhibit.rows)
    for axis in ("xaxis", "yaxis"):
        layout[axis] |= {"type": "category", "dtick": 1, "showgrid": False}
    table = plain(
        f"{slug}-{exhibit.name}-data",
        f"{exhibit.title}: {exhibit.row_label} in rows, "
        f"{exhibit.column_label} in columns",
        (exhibit.row_label, *exhibit.columns),
        [(name, *row) for name, row in zip(exhibit.rows, exhibit.values)],
    )
    panel = Panel(exhibit.title, [data], layout)
    return [
        Figure(
            f"{slug}-{exhibit.name}",
            exhibit.title,
            exhibit.text,
            (panel,),
            table,
            narrow=True,
        )
    ]


def table_block(slug: str, exhibit: TextTable) -> list[Block]:
    """Rows of words and numbers."""
    name = f"{slug}-{exhibit.name}"
    table = plain(name, exhibit.title, exhibit.headings, exhibit.rows)
    return [table, Note(exhibit.text)] if exhibit.text else [table]


def samples_block(slug: str, exhibit: Samples) -> list[Block]:
    """Pieces of text."""
    return [Texts(exhibit.title, exhibit.text, exhibit.samples)]


RENDERERS: dict[type[Exhibit], Callable[[str, Any], list[Block]]] = {
    Lines: lines_block,
    Matrix: matrix_block,
    TextTable: table_block,
    Samples: samples_block,
}


def published_section(part: Part) -> list[Block]:
    """What others report for the data, baselines, and our own means."""
    task = part.summary.task
    rows: list[tuple[str, str, str, float | None, str]] = [
        ("published", item.name, item.metric, item.value, item.source)
        for item in task.published
    ]
    if not math.isnan(part.summary.floor):
        text = "the best that the data admits"
        rows.append(("floor", text, task.metric, part.summary.floor, "data"))
    rows += [
        ("baseline", name, task.metric, mean(list(values.values())), "here")
        for name, values in part.summary.baselines.items()
    ]
    rows += [
        ("ours", cell, task.metric, mean(list(values.values())), "here")
        for cell, values in by_cell(part.summary).items()
    ]
    table = plain(
        f"{part.slug}-published",
        f"Published figures, baselines and ours ({task.metric}, "
        f"{task.better} is better; ours: means over seeds and frameworks)",
        ("of", "name", "metric", "value", "source"),
        rows,
        heads=2,
    )
    known = [item for item in task.published if item.value is not None]
    note = "No published figure on held-out data is known for this data set."
    blocks: list[Block] = [] if known else [Note(note)]
    return [*blocks, table] if rows else blocks
