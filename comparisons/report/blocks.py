"""What a section of the page is made of; `blocks.html` draws each kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comparisons.figures.lines import Line
from comparisons.report.plotly.traces import Panel
from shared.exhibits.kinds import Samples

LISTED = 200
"""Rows of a figure's table that are there without a script."""


@dataclass(frozen=True)
class Note:
    text: str


@dataclass(frozen=True)
class Sentences:
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Lead:
    """The sentence that answers the question of a comparison."""

    text: str


@dataclass(frozen=True)
class Tiles:
    """Facts, each a short value and what it is of."""

    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Links:
    """Addresses by what they lead to."""

    targets: dict[str, str]


@dataclass(frozen=True)
class Terms:
    """Terms, each with one or more values."""

    terms: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Cell:
    """A cell of a table and what its column is sorted by.

    mark: "*" best, "~" not significantly different from it; status: of a run or
        a check, if it is not "ok"; under: a second line; error: shown after the
        text; stderr: shown on demand.
    """

    text: str
    value: float | str | None = None
    mark: str = ""
    status: str = ""
    under: str = ""
    error: str = ""
    stderr: str = ""


@dataclass(frozen=True)
class TableRow:
    """Cells, and the framework and cell by which rows are grouped."""

    cells: tuple[Cell, ...]
    framework: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Table:
    """A table; the first `heads` cells of a row name it.

    numeric: the headings whose cells are numbers; grouped: rows may be ordered
        by framework or by cell; closed: shown on demand, below this word; more:
        the headings of columns that are shown on demand; latex: the caption
        where the table is in an article, if it says more.
    """

    name: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    heads: int = 1
    numeric: frozenset[str] = frozenset()
    sortable: bool = False
    grouped: bool = False
    closed: str = ""
    more: frozenset[str] = frozenset()
    latex: str = ""

    @property
    def rest(self) -> tuple[TableRow, ...]:
        """The rows that a script adds, if the table is that of a figure."""
        return self.rows[LISTED:]


@dataclass(frozen=True)
class Figure:
    """Panels, their meaning in words, and their data as a table.

    legend: sign, color and text, if panels have none of their own; narrow: the
        drawing does not gain from the whole width.
    """

    name: str
    title: str
    text: str
    panels: tuple[Panel, ...]
    table: Table
    legend: tuple[tuple[str, str, str], ...] = ()
    narrow: bool = False


SIGNS = {
    "solid": "\u2014\u2014",
    "dash": "\u2013 \u2013",
    "dot": "\u00b7 \u00b7 \u00b7",
    "dashdot": "\u2013 \u00b7 \u2013",
    "longdash": "\u2014 \u2014",
    "longdashdot": "\u2014 \u00b7 \u2014",
}
"""Dash of a line -> its sign in a legend."""


def legend_of(keys: Iterable[Line]) -> tuple[tuple[str, str, str], ...]:
    """The entries of a figure's legend."""
    return tuple((SIGNS[key.dash], key.color, key.name) for key in keys)


@dataclass(frozen=True)
class Row:
    """Figures side by side."""

    figures: tuple[Figure, ...]


Block = (
    Note
    | Sentences
    | Lead
    | Tiles
    | Links
    | Terms
    | Samples
    | Table
    | Figure
    | Row
)


def figures_of(blocks: Sequence[Block]) -> list[Figure]:
    """All figures, also those side by side."""
    found: list[Figure] = []
    for block in blocks:
        found += block.figures if isinstance(block, Row) else ()
        found += [block] if isinstance(block, Figure) else []
    return found
