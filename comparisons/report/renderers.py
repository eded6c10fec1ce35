"""How each kind of exhibit is shown on the page."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from comparisons.figures.colors import color
from comparisons.figures.labels import MOST
from comparisons.figures.lines import Line
from comparisons.report.blocks import SIGNS, Block, Figure, Note
from comparisons.report.plotly.axes import axes
from comparisons.report.plotly.panels import end_labels
from comparisons.report.plotly.traces import Panel, label, traces
from comparisons.report.tables import plain
from shared.exhibits.kinds import (
    Exhibit,
    LinePanels,
    Lines,
    Matrices,
    Matrix,
    Samples,
    TextTable,
)

SCALE = [[0, "rgba(10,120,191,0)"], [1, "rgba(10,120,191,1)"]]
"""From the background of the page, light or dark, to full color."""

COLOR_BAR = {
    "orientation": "h",
    "outlinewidth": 0,
    "thickness": 10,
    "yanchor": "bottom",
    "y": 1.0,
}
ROW_HEIGHT, LOW_HEIGHT, NAMED = 28, 16, 24
"""Pixels of a matrix's row; of more rows than are named, where it is low."""

LONGEST = 12
"""Letters of a label at the end of a line."""

MODES = {"line": "lines", "points": "markers"}
DOT = "\u25cf"


def lines_block(slug: str, exhibit: Lines) -> list[Block]:
    """Series over one axis; what is no cell is neutral."""
    panel, lines = drawn(exhibit.title, exhibit)
    if has_ends(exhibit):
        ends = end_labels(lines, panel.layout)
        layout = panel.layout | {"showlegend": False} | ends
        panel = replace(panel, layout=layout)
    columns = [dict(zip(line.x, line.y)) for line in lines]
    name = f"{slug}-{exhibit.name}"
    table = plain(
        *(f"{name}-data", f"{exhibit.y_label} by {exhibit.x_label}"),
        (exhibit.x_label, *(series.name for series in exhibit.series)),
        value_rows(columns),
    )
    return [Figure(name, exhibit.title, exhibit.text, (panel,), table)]


def drawn(title: str, exhibit: Lines) -> tuple[Panel, list[Line]]:
    """The drawing of series, and their lines."""
    data, lines = list[dict[str, Any]](), []
    for series in exhibit.series:
        shade = color(series.cell or series.name)
        x = series.x or tuple(range(len(series.y)))
        line = Line(
            *(series.name, x, series.y, shade),
            *(series.dash, series.low, series.high),
        )
        lines.append(replace(line, label=series.name))
        marker = {"color": shade, "size": 5}
        data += traces(line, 1.5, mode=MODES[series.kind], marker=marker)
    return Panel(title, data, axes(exhibit.x_label, exhibit.y_label)), lines


def value_rows(columns: list[dict[float, float]]) -> list[tuple[Any, ...]]:
    """Each place, and the value that each column has there."""
    places = sorted({x for column in columns for x in column})
    return [(x, *(column.get(x) for column in columns)) for x in places]


def panels_block(slug: str, exhibit: LinePanels) -> list[Block]:
    """Drawings in a row under one legend, and all values as a table."""
    panels, rows, legend = [], list[tuple[Any, ...]](), dict[str, Any]()
    for title, part in exhibit.parts.items():
        panel, lines = drawn(title, part)
        layout = panel.layout | {"showlegend": False}
        panels.append(replace(panel, layout=layout))
        for one, line in zip(part.series, lines, strict=True):
            sign = DOT if one.kind == "points" else SIGNS[line.dash]
            legend[line.name] = sign, line.color, line.name
        rows += [
            (title, x, line.name, y)
            for line in lines
            for x, y in zip(line.x, line.y, strict=True)
        ]
    first = next(iter(exhibit.parts.values()))
    headings = ("of", first.x_label, "series", first.y_label)
    name = f"{slug}-{exhibit.name}"
    about = f"{first.y_label} by {first.x_label}"
    table = plain(f"{name}-data", about, headings, rows, heads=3)
    return [
        Figure(
            *(name, exhibit.title, exhibit.text, tuple(panels), table),
            tuple(legend.values()),
        )
    ]


def has_ends(exhibit: Lines) -> bool:
    """Whether all series are lines to the right end, of short names."""
    ends = {one.x[-1] if one.x else len(one.y) - 1 for one in exhibit.series}
    return (
        len(ends) == 1
        and len(exhibit.series) <= MOST
        and all(
            one.kind == "line" and len(one.name) <= LONGEST
            for one in exhibit.series
        )
    )


def matrix_block(slug: str, exhibit: Matrix) -> list[Block]:
    """A heat map that shows each value under the pointer."""
    title = exhibit.title
    one = Matrices(exhibit.name, title, exhibit.text, {title: exhibit})
    return matrices_block(slug, one)


def matrices_block(slug: str, exhibit: Matrices) -> list[Block]:
    """Heat maps in a row, and all of their values as a table."""
    parts = exhibit.parts
    one = next(iter(parts.values()))
    several = len(parts) > 1
    headings = (one.row_label, *one.columns)
    table = plain(
        f"{slug}-{exhibit.name}-data",
        f"{one.row_label} in rows, {one.column_label} in columns",
        ("of", *headings) if several else headings,
        [
            (title, name, *row) if several else (name, *row)
            for title, part in parts.items()
            for name, row in zip(part.rows, part.values)
        ],
        heads=1 + several,
    )
    return [
        Figure(
            f"{slug}-{exhibit.name}",
            exhibit.title,
            exhibit.text,
            tuple(matrix_panel(*part) for part in parts.items()),
            table,
            narrow=not several,
        )
    ]


def matrix_panel(title: str, matrix: Matrix) -> Panel:
    """Squares colored by share, or by value where shares are not given."""
    layout = axes(matrix.column_label, matrix.row_label)
    layout["yaxis"]["autorange"] = "reversed"
    layout["yaxis"]["title"]["standoff"] = 12  # not over long names
    height = ROW_HEIGHT if len(matrix.rows) <= NAMED else LOW_HEIGHT
    layout["height"] = 150 + height * len(matrix.rows)
    sides = {"xaxis": matrix.columns, "yaxis": matrix.rows}
    for axis, names in sides.items():
        step = -(-len(names) // NAMED)  # of very many, some are named
        layout[axis] |= {"type": "category", "dtick": step, "showgrid": False}
    heat_map = {
        "type": "heatmap",
        "x": [label(name) for name in matrix.columns],
        "y": [label(name) for name in matrix.rows],
        "z": matrix.shares or matrix.values,
        "customdata": matrix.values,
        "colorscale": SCALE,
        "xgap": 1,
        "ygap": 1,
        "colorbar": COLOR_BAR,
        "hovertemplate": (
            f"{label(matrix.row_label)} %{{y}}<br>"
            f"{label(matrix.column_label)} %{{x}}<br>"
            "%{customdata} (%{z:.3~g})<extra></extra>"
        ),
    }
    if matrix.shares:
        heat_map |= {"zmin": 0, "zmax": 1}
    return Panel(title, [heat_map], layout)


def table_block(slug: str, exhibit: TextTable) -> list[Block]:
    name = f"{slug}-{exhibit.name}"
    table = plain(name, exhibit.title, exhibit.headings, exhibit.rows)
    return [table, Note(exhibit.text)] if exhibit.text else [table]


RENDERERS: dict[type[Exhibit], Callable[[str, Any], list[Block]]] = {
    Lines: lines_block,
    LinePanels: panels_block,
    Matrix: matrix_block,
    Matrices: matrices_block,
    TextTable: table_block,
    Samples: lambda slug, exhibit: [exhibit],
}
