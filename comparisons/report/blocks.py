"""What a section of the page is made of; the templates draw each kind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Note:
    """A paragraph."""

    kind: ClassVar[str] = "note"
    text: str


@dataclass(frozen=True)
class Sentences:
    """A list of sentences."""

    kind: ClassVar[str] = "sentences"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Terms and what is known of each."""

    kind: ClassVar[str] = "facts"
    items: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Texts:
    """Pieces of text as they are, each below a label, so many in a line."""

    kind: ClassVar[str] = "texts"
    title: str
    text: str
    items: tuple[tuple[str, str], ...]
    beside: int = 1


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, what it is sorted by, how it looks.

    spoken: what a screen reader adds, where the look says something;
    under: a second line; more: text that opens on demand.
    """

    text: str
    value: float | str | None = None
    look: str = ""
    spoken: str = ""
    under: str = ""
    more: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a table, and the framework and cell it is of."""

    cells: tuple[Cell, ...]
    framework: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Table:
    """A table; the first `heads` cells of a line name it.

    numeric: the headings whose cells are numbers;
    grouped: lines may be ordered by framework or by cell;
    closed: shown on demand, below this word.
    """

    kind: ClassVar[str] = "table"
    name: str
    caption: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    heads: int = 1
    numeric: frozenset[str] = frozenset()
    sortable: bool = False
    grouped: bool = False
    closed: str = ""


@dataclass(frozen=True)
class Panel:
    """One drawing of a figure: traces and layout of plotly, as JSON."""

    title: str
    data: list[dict[str, Any]]
    layout: dict[str, Any]


@dataclass(frozen=True)
class Key:
    """An entry of a figure's legend: a sign, its colour, what it means."""

    sign: str
    colour: str
    text: str


@dataclass(frozen=True)
class Figure:
    """Panels beside each other, their meaning in words and as a table.

    keys: the legend of all panels, where they have none of their own;
    narrow: the drawing does not gain from the whole width.
    """

    kind: ClassVar[str] = "figure"
    name: str
    title: str
    text: str
    panels: tuple[Panel, ...]
    table: Table
    keys: tuple[Key, ...] = ()
    narrow: bool = False


Block = Note | Sentences | Facts | Texts | Table | Figure


def plain(
    name: str,
    caption: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str | float | None]],
    heads: int = 1,
    closed: str = "",
) -> Table:
    """A table of words and numbers."""
    columns = list(zip(*rows)) or [()] * len(headings)
    forms = [form_of(values) for values in columns]
    return Table(
        name=name,
        caption=caption,
        headings=tuple(headings),
        lines=tuple(
            Line(
                tuple(
                    Cell(shown(value, form), value)
                    for value, form in zip(row, forms)
                )
            )
            for row in rows
        ),
        heads=heads,
        numeric=frozenset(h for h, form in zip(headings, forms) if form),
        closed=closed,
    )


def form_of(values: Sequence[str | float | None]) -> str:
    """The format of a column's numbers; empty where it has none.

    All have the decimals that give the largest 4 significant digits, or
    fewer where all of them have fewer.
    """
    numbers = [v for v in values if isinstance(v, int | float)]
    finite = [abs(v) for v in numbers if math.isfinite(v)]
    if not numbers:
        return ""
    if all(isinstance(value, int) for value in numbers):
        return ","
    largest = max(finite, default=0.0)
    whole = math.floor(math.log10(largest)) if largest >= 1 else 0
    most = max(0, min(4, 4 - whole))
    least = (n for n in range(most) if all(round(v, n) == v for v in finite))
    return f",.{next(least, most)}f"


def shown(value: str | float | None, form: str = ",") -> str:
    """A word as it is, a number in this format, a dash for nothing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "-"
    return value if isinstance(value, str) else format(value, form)


def rounded(value: Any) -> Any:
    """JSON with 5 significant digits, and null for what is no number."""
    if isinstance(value, dict):
        return {name: rounded(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.5g}") if math.isfinite(value) else None
    return value


def label(text: object) -> str:
    """Text for plotly, which would read tags in it."""
    # Plotly drops tags it does not know and turns entities into characters.
    escaped = str(text).replace("&", "&amp;").replace("<", "&lt;")
    return escaped.replace(">", "&gt;")
