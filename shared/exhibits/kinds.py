"""What a task shows of its runs; how it is drawn is the report's matter."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Series:
    """Points or a line; a series named after a cell has its color.

    x: 0, 1, 2, ... if empty; kind: "line" or "points"; cell: the cell whose
        color is used, if the name is another; dash: a dash style of Plotly;
        low, high: bounds of a band around the line.
    """

    name: str
    y: tuple[float, ...]
    x: tuple[float, ...] = ()
    kind: str = "line"
    cell: str = ""
    dash: str = "solid"
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True)
class Titled:
    """What every exhibit has; text: what one sees in it."""

    name: str
    title: str
    text: str


@dataclass(frozen=True)
class Lines(Titled):
    """Series on common axes; joint: one drawing for several comparisons."""

    x_label: str
    y_label: str
    series: tuple[Series, ...]
    joint: bool = False


@dataclass(frozen=True)
class LinePanels(Titled):
    """Drawings of the same series, and what each is of."""

    parts: Mapping[str, Lines]


@dataclass(frozen=True)
class Matrix(Titled):
    """A number for each row and column.

    shares: each value's color, from 0 to 1, if it is not the value itself.
    """

    row_label: str
    column_label: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    shares: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True)
class Matrices(Titled):
    parts: Mapping[str, Matrix]


@dataclass(frozen=True)
class TextTable(Titled):
    headings: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]


@dataclass(frozen=True)
class Samples(Titled):
    """Texts, each with a caption; columns: how many share a row."""

    samples: tuple[tuple[str, str], ...]
    columns: int = 1


Exhibit = Lines | LinePanels | Matrix | Matrices | TextTable | Samples
