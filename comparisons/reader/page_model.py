"""All that a page shows: every task and cell at once, marked where seen.

A view is a task and a cell, written `sine-lstm`. What stands in all views
carries no mark; the page hides the rest by the view that is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from comparisons.reader.equations import EQUATIONS, Equation
from comparisons.reader.highlight import PROSE, Piece, coloured
from comparisons.reader.shape_legend import pieces
from comparisons.reader.source import (
    FRAMEWORK_OF,
    PACKAGES,
    Package,
    merged,
    read_packages,
)
from comparisons.reader.view import Line, Row, view
from shared.specs import CELLS
from shared.task import Task

Views = Mapping[str, list[Row]]
Key = tuple[str, str, str]
"""Part, file and name of a row."""

ARROW = re.compile("(->)")
"""A browser would break the line within it."""

DEEPER = 4
LONG = 40
"""Characters from which a line may be wrapped, then so much deeper."""


class SheetLine(NamedTuple):
    """A line; pieces: kind, text, and the legend of a shape."""

    number: int
    same: bool
    hang: int
    views: str
    pieces: list[tuple[str, str, str]]


class Pane(NamedTuple):
    """A definition in one framework, or the reason why it is absent."""

    framework: str
    path: str
    lines: list[SheetLine]
    reason: str


class SheetRow(NamedTuple):
    """A definition in all frameworks; identical: without any difference."""

    name: str
    views: str
    identical: bool
    panes: list[Pane]


class File(NamedTuple):
    name: str
    views: str
    rows: list[SheetRow]


class Part(NamedTuple):
    """A part's files; the part of the cell has equations by view."""

    name: str
    files: list[File]
    equations: list[tuple[str, str, Equation]]


def sheet(tasks: list[Task]) -> list[Part]:
    packages = read_packages()
    views = {
        f"{task.name}-{cell}": view(task, cell, packages=packages)
        for task in tasks
        for cell in CELLS
    }
    keys = merged([_key(row) for row in rows] for rows in views.values())
    grouped: dict[str, dict[str, list[Key]]] = {}
    for key in keys:  # tasks of other files may part those of one
        files_of_part = grouped.setdefault(key[0], {})
        files_of_part.setdefault(key[1], []).append(key)
    parts = []
    for part, members in grouped.items():
        files = [
            _file(name, inside, views, packages)
            for name, inside in members.items()
        ]
        equations = [
            (cell, " ".join(f"{task.name}-{cell}" for task in tasks), found)
            for cell, found in EQUATIONS.items()
            if part == "cell"
        ]
        parts.append(Part(part, files, equations))
    return parts


def mark(names: Iterable[str], views: Iterable[str]) -> str:
    """The views that contain something; empty if all of them do."""
    seen = set(names)
    return "" if seen == set(views) else " ".join(sorted(seen))


def _key(row: Row) -> Key:
    return row.part, row.file, row.name


def _file(
    name: str, keys: list[Key], views: Views, packages: dict[str, Package]
) -> File:
    rows, seen = [], set[str]()
    for key in keys:
        found = {v: r for v, rs in views.items() for r in rs if _key(r) == key}
        rows.append(_row(key, found, views, packages))
        seen |= found.keys()
    return File(name, mark(seen, views), rows)


def _row(
    key: Key,
    found: dict[str, Row],
    views: Views,
    packages: dict[str, Package],
) -> SheetRow:
    """A definition with its lines in any view."""
    _, file, name = key
    panes, same = [], True
    for package in PACKAGES:
        seen: dict[Line, list[str]] = {}
        reason = ""
        for number, row in found.items():
            reason = row.reasons.get(package, "")
            for line in row.lines.get(package, ()):
                seen.setdefault(line, []).append(number)
        lines = [
            _line(line, mark(seen[line], found), packages[package][file].text)
            for line in sorted(seen)
        ]
        same = same and not reason and all(line.same for line in lines)
        path = f"{package}/{file}"
        panes.append(Pane(FRAMEWORK_OF[package], path, lines, reason))
    return SheetRow(name, mark(found, views), same, panes)


def _line(line: Line, views: str, text: str) -> SheetLine:
    """A line as pieces; in an identical one only shapes are marked."""
    shown = [
        cut
        for piece in coloured(text)[line.number - 1]
        for cut in _cut(piece, "" if line.same else piece.kind)
    ]
    long = len(line.text) > LONG
    indent = len(line.text) - len(line.text.lstrip())
    hang = indent + DEEPER if long else 0
    return SheetLine(line.number, line.same, hang, views, shown)


def _cut(piece: Piece, kind: str) -> Iterator[tuple[str, str, str]]:
    """A piece cut at arrows and, in a comment, at shapes."""
    cut = pieces(piece.text) if piece.kind in PROSE else [(piece.text, "")]
    for text, meaning in cut:
        if meaning:
            yield "shape", text, meaning
            continue
        for part in ARROW.split(text):
            if part:
                yield "arrow" if ARROW.match(part) else kind, part, ""
