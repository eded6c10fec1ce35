"""All that a page shows: every task and cell at once, marked by view.

A view is a task and a cell, written `sine-lstm`. What is in all views has no
mark; the page hides the others by the view that is chosen.
"""

from collections.abc import Mapping
from typing import NamedTuple

from comparisons.reader.heads import Head, fold, head
from comparisons.reader.rows.aligned import align_rows
from comparisons.reader.rows.marks import Line
from comparisons.reader.rows.page_rows import (
    LineViews,
    PageRow,
    mark,
    page_rows,
)
from comparisons.reader.source import (
    PACKAGES,
    Package,
    merged,
)
from comparisons.reader.view import Row, view
from shared.specs import CELLS
from shared.task import Task


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


def _definition(
    by_view: dict[str, Row], views: str, packages: dict[str, Package]
) -> CodeRow:
    first = next(iter(by_view.values()))
    line_views: LineViews = {p: {} for p in first.lines}
    for name, row in by_view.items():
        for package, lines in row.lines.items():
            for line in lines:
                line_views[package].setdefault(line, []).append(name)
    columns = {p: tuple(sorted(lines)) for p, lines in line_views.items()}
    texts = {package: packages[package][first.file].text for package in columns}
    aligned = align_rows(
        tuple(columns.items()), tuple(texts.values()), first.file, first.name
    )
    rows = page_rows(aligned, line_views, by_view, texts)
    folded, note = fold(first, aligned)
    alone = tuple(columns) if len(columns) == 1 else PACKAGES
    heads = {p: head(first, p, columns.get(p, ())) for p in alone}
    return CodeRow(
        first.name,
        first.file,
        views,
        folded,
        note,
        heads,
        rows,
        indent_of(columns),
    )


def indent_of(columns: Mapping[str, tuple[Line, ...]]) -> int:
    """By how much all lines are indented, as those of a method are."""
    indents = [
        len(line.text) - len(line.text.lstrip())
        for lines in columns.values()
        for line in lines
        if line.text.strip()
    ]
    return min(indents, default=0)
