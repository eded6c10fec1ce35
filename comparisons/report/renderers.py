"""How each kind of exhibit is shown on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comparisons.figures.colors import color, faded
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
from shared.exhibits.kinds import (
    Exhibit,
    Lines,
    Matrices,
    Matrix,
    Samples,
    Series,
    TextTable,
)

SCALE = [[0, "rgba(10,120,191,0)"], [1, "rgba(10,120,191,1)"]]
"""From the page's own ground, light or dark, to full colour."""

COLOUR_BAR = {
    "orientation": "h",
    "outlinewidth": 0,
    "thickness": 10,
    "yanchor": "bottom",
    "y": 1.0,
}
TALL = 28
"""Pixels of a matrix's row."""


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
    data = [t for series in exhibit.series for t in series_traces(series)]
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


def series_traces(series: Series) -> list[dict[str, Any]]:
    """A line on its band, or points; what is no cell is neutral."""
    shade = color(series.cell or series.name)
    x = list(steps_of(series))
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": x + x[::-1],
        "y": [*series.high, *series.low[::-1]],
        "fill": "toself",
        "fillcolor": faded(series.cell or series.name, 0.18),
        "line": {"width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    trace = {
        "type": "scatter",
        "mode": {"line": "lines", "points": "markers"}[series.kind],
        "name": label(series.name),
        "x": x,
        "y": list(series.y),
        "line": {"color": shade, "width": 1.5, "dash": series.dash},
        "marker": {"color": shade, "size": 5},
    }
    return [band, trace] if series.low else [trace]


def matrix_block(slug: str, exhibit: Matrix) -> list[Block]:
    """A heat map that shows each value where one points."""
    return matrices_block(
        slug,
        Matrices(
            exhibit.name,
            exhibit.title,
            exhibit.text,
            {exhibit.title: exhibit},
        ),
    )


def matrices_block(slug: str, exhibit: Matrices) -> list[Block]:
    """Heat maps beside each other, and all of their values as a table."""
    parts = exhibit.parts
    one = next(iter(parts.values()))
    several = len(parts) > 1
    headings = (one.row_label, *one.columns)
    table = plain(
        f"{slug}-{exhibit.name}-data",
        f"{exhibit.title}: {one.row_label} in rows, "
        f"{one.column_label} in columns",
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
    """The drawing of one matrix."""
    layout = axes(matrix.column_label, matrix.row_label)
    layout["yaxis"]["autorange"] = "reversed"
    layout["yaxis"]["title"]["standoff"] = 12  # not over long names
    layout["height"] = 150 + TALL * len(matrix.rows)
    for axis in ("xaxis", "yaxis"):
        layout[axis] |= {"type": "category", "dtick": 1, "showgrid": False}
    return Panel(title, [heat_map(matrix)], layout)


def heat_map(exhibit: Matrix) -> dict[str, Any]:
    """Squares coloured by share, or by value where shares are not given."""
    bounds = {"zmin": 0, "zmax": 1} if exhibit.shares else {}
    return {
        "type": "heatmap",
        "x": [label(name) for name in exhibit.columns],
        "y": [label(name) for name in exhibit.rows],
        "z": [list(row) for row in exhibit.shares or exhibit.values],
        "customdata": [list(row) for row in exhibit.values],
        "colorscale": SCALE,
        "xgap": 1,
        "ygap": 1,
        "colorbar": COLOUR_BAR,
        "hovertemplate": (
            f"{label(exhibit.row_label)} %{{y}}<br>"
            f"{label(exhibit.column_label)} %{{x}}<br>"
            "%{customdata} (%{z:.3~g})<extra></extra>"
        ),
        **bounds,
    }


def table_block(slug: str, exhibit: TextTable) -> list[Block]:
    """Rows of words and numbers."""
    name = f"{slug}-{exhibit.name}"
    table = plain(name, exhibit.title, exhibit.headings, exhibit.rows)
    return [table, Note(exhibit.text)] if exhibit.text else [table]


def samples_block(slug: str, exhibit: Samples) -> list[Block]:
    """Pieces of text."""
    return [Texts(exhibit.title, exhibit.text, exhibit.samples, exhibit.beside)]


RENDERERS: dict[type[Exhibit], Callable[[str, Any], list[Block]]] = {
    Lines: lines_block,
    Matrix: matrix_block,
    Matrices: matrices_block,
    TextTable: table_block,
    Samples: samples_block,
}
