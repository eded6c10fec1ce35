"""The aligned rows of a definition as a page shows them, marked by view."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from comparisons.reader.rows.aligned import AlignedRow
from comparisons.reader.rows.marks import Line, Unit
from comparisons.reader.rows.reasons import reasons_below
from comparisons.reader.spans import Piece, pieces

DEEPER = 4
LONG = 31
"""Characters from which a line may be wrapped, then so much deeper."""


class CodeLine(NamedTuple):
    number: int
    hang: int
    views: str
    pieces: list[Piece]


class PageRow(NamedTuple):
    """Statements side by side; cells: package -> lines."""

    views: str
    same: bool
    why: str
    cells: dict[str, list[CodeLine]]


LineViews = dict[str, dict[Line, list[str]]]
"""Package -> its lines, each with the views that show it."""


def page_rows(
    aligned: Sequence[AlignedRow],
    line_views: LineViews,
    views: Collection[str],
    texts: Mapping[str, str],
) -> list[PageRow]:
    """texts: of the definition's file in each package."""
    where = [
        {
            name
            for package, unit in row.units.items()
            for line in unit.lines
            for name in line_views[package][line]
        }
        for row in aligned
    ]
    below = reasons_below([row.known for row in aligned], where)
    marks = {
        (package, line.number): mark(names, views)
        for package, lines in line_views.items()
        for line, names in lines.items()
    }
    return [
        PageRow(mark(names, views), row.same, why, _cells(row, marks, texts))
        for row, names, why in zip(aligned, where, below)
    ]


def mark(names: Collection[str], views: Collection[str]) -> str:
    """The views that contain something; empty if all of them do."""
    return "" if set(names) == set(views) else " ".join(sorted(names))


def _cells(
    row: AlignedRow,
    marks: Mapping[tuple[str, int], str],
    texts: Mapping[str, str],
) -> dict[str, list[CodeLine]]:
    return {
        package: _lines(package, unit, marks, texts[package])
        for package, unit in row.units.items()
    }


def _lines(
    package: str,
    unit: Unit,
    marks: Mapping[tuple[str, int], str],
    text: str,
) -> list[CodeLine]:
    found = []
    for number, words in unit.lines:
        indent = len(words) - len(words.lstrip())
        hang = indent + DEEPER if len(words) > LONG else 0
        marked = unit.marks.get(number, ())
        shown = pieces(package, text, number, marked)
        found.append(CodeLine(number, hang, marks[package, number], shown))
    return found
