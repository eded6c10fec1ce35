"""All that a page shows: every task and cell at once, marked by view.

A view is a task and a cell, written `sine-lstm`. What is in all views has no
mark; the page hides the others by the view that is chosen.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from comparisons.reader.heads import Head, fold, head
from comparisons.reader.rows.aligned import AlignedRow, align_rows
from comparisons.reader.rows.marks import Line, Unit
from comparisons.reader.rows.reasons import reasons_below
from comparisons.reader.source import (
    PACKAGES,
    Package,
    merged,
)
from comparisons.reader.spans import Piece, pieces
from comparisons.reader.view import Row, view
from shared.specs import CELLS
from shared.task import Task

DEEPER = 4
LONG = 36
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


class CodeRow(NamedTuple):
    """A definition in all frameworks; note: why it is folded, if it is."""

    name: str
    file: str
    views: str
    folded: bool
    note: str
    heads: dict[str, Head]
    rows: list[PageRow]
    dedent: int

    @property
    def packages(self) -> str:
        """Those that have it."""
        return " ".join(p for p, head in self.heads.items() if not head.reason)


def page_parts(
    tasks: list[Task], packages: dict[str, Package]
) -> dict[str, list[CodeRow]]:
    """Part -> its definitions, each with the views that show it."""
    views = {
        f"{task.name}-{cell}": {
            (row.part, row.file, row.name): row
            for row in view(task, cell, packages=packages)
        }
        for task in tasks
        for cell in CELLS
    }
    parts: dict[str, list[CodeRow]] = {}
    full = ""
    for key in merged(views.values()):
        by_view = {v: rows[key] for v, rows in views.items() if key in rows}
        shown = _definition(by_view, mark(by_view, views), packages)
        full, last = shown.note, full
        if full == last:  # said of the definition above
            shown = shown._replace(note=full.partition(":")[0])
        parts.setdefault(key[0], []).append(shown)
    return parts


def mark(names: Collection[str], views: Collection[str]) -> str:
    """The views that contain something; empty if all of them do."""
    return "" if set(names) == set(views) else " ".join(sorted(names))


def _definition(
    by_view: dict[str, Row], views: str, packages: dict[str, Package]
) -> CodeRow:
    first = next(iter(by_view.values()))
    seen: dict[str, dict[Line, list[str]]] = {p: {} for p in first.lines}
    for name, row in by_view.items():
        for package, lines in row.lines.items():
            for line in lines:
                seen[package].setdefault(line, []).append(name)
    columns = {p: tuple(sorted(lines)) for p, lines in seen.items()}
    texts = {package: packages[package][first.file].text for package in columns}
    aligned = align_rows(
        tuple(columns.items()), tuple(texts.values()), first.file, first.name
    )
    where = [
        {
            name
            for package, unit in row.units.items()
            for line in unit.lines
            for name in seen[package][line]
        }
        for row in aligned
    ]
    below = reasons_below([row.known for row in aligned], where)
    marks = {
        (package, line.number): mark(names, by_view)
        for package, lines in seen.items()
        for line, names in lines.items()
    }
    rows = [
        PageRow(mark(names, by_view), row.same, why, _cells(row, marks, texts))
        for row, names, why in zip(aligned, where, below)
    ]
    folded, note = fold(first, aligned)
    alone = tuple(columns) if len(columns) == 1 else PACKAGES
    heads = {p: head(first, p, columns.get(p, ())) for p in alone}
    indents = [
        len(line.text) - len(line.text.lstrip())
        for lines in columns.values()
        for line in lines
        if line.text.strip()
    ]
    return CodeRow(
        first.name,
        first.file,
        views,
        folded,
        note,
        heads,
        rows,
        min(indents, default=0),
    )


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
