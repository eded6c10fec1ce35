"""All that a page shows: every task and cell at once, marked by view.

A view is a task and a cell, written `sine-lstm`. What is in all views has no
mark; the page hides the others by the view that is chosen.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from comparisons.reader.highlight import PROSE, Span, colored
from comparisons.reader.shape_legend import split_at_shapes
from comparisons.reader.source import (
    FRAMEWORK_OF,
    PACKAGES,
    merged,
    read_packages,
)
from comparisons.reader.view import Line, Row, view
from shared.specs import CELLS
from shared.task import Task

ARROW = re.compile("(->)")
"""A browser would break the line within it."""

DEEPER = 4
LONG = 40
"""Characters from which a line may be wrapped, then so much deeper."""


class CodeLine(NamedTuple):
    """A line; spans: kind, text, and the legend of a shape."""

    number: int
    same: bool
    hang: int
    views: str
    spans: list[tuple[str, str, str]]


class Pane(NamedTuple):
    """A definition in one framework, or the reason why it is absent."""

    framework: str
    path: str
    lines: list[CodeLine]
    reason: str


class CodeRow(NamedTuple):
    """A definition in all frameworks; identical: without any difference."""

    name: str
    views: str
    identical: bool
    panes: list[Pane]


File = tuple[str, str, list[CodeRow]]
"""Name, views, and rows."""


def page_parts(tasks: list[Task]) -> dict[str, list[File]]:
    packages = read_packages()
    views = {
        f"{task.name}-{cell}": {
            (row.part, row.file, row.name): row
            for row in view(task, cell, packages=packages)
        }
        for task in tasks
        for cell in CELLS
    }
    grouped: dict[str, dict[str, dict[str, dict[str, Row]]]] = {}
    for key in merged(views.values()):
        part, file, name = key
        rows = grouped.setdefault(part, {}).setdefault(file, {})
        rows[name] = {
            v: found[key] for v, found in views.items() if key in found
        }
    parts: dict[str, list[File]] = {}
    for part, files in grouped.items():
        for file, names in files.items():
            members = [
                _row(name, by_view, mark(by_view, views))
                for name, by_view in names.items()
            ]
            seen = set[str]().union(*names.values())
            shown = (file, mark(seen, views), members)
            parts.setdefault(part, []).append(shown)
    return parts


def mark(names: Collection[str], views: Collection[str]) -> str:
    """The views that contain something; empty if all of them do."""
    return "" if set(names) == set(views) else " ".join(sorted(names))


def _row(name: str, by_view: dict[str, Row], views: str) -> CodeRow:
    first = next(iter(by_view.values()))
    panes = []
    for package in PACKAGES:
        seen: dict[Line, list[str]] = {}
        for number, row in by_view.items():
            for line in row.lines.get(package, ()):
                seen.setdefault(line, []).append(number)
        shown = sorted(seen)
        colors = colored("\n".join(line.text for line in shown))
        lines = [
            _line(line, mark(seen[line], by_view), spans)
            for line, spans in zip(shown, colors)
        ]
        path = f"{package}/{first.file}"
        absent = first.reasons.get(package, "")
        panes.append(Pane(FRAMEWORK_OF[package], path, lines, absent))
    identical = all(
        not pane.reason and all(line.same for line in pane.lines)
        for pane in panes
    )
    return CodeRow(name, views, identical, panes)


def _line(line: Line, views: str, colors: list[Span]) -> CodeLine:
    """A line as spans; in an identical one only shapes are marked."""
    spans = [
        part
        for span in colors
        for part in _parts(span, "" if line.same else span.kind)
    ]
    indent = len(line.text) - len(line.text.lstrip())
    hang = indent + DEEPER if len(line.text) > LONG else 0
    return CodeLine(line.number, line.same, hang, views, spans)


def _parts(span: Span, kind: str) -> Iterator[tuple[str, str, str]]:
    """A span divided at arrows and, in a comment, at shapes."""
    prose = span.kind in PROSE
    parts = split_at_shapes(span.text) if prose else [(span.text, "")]
    for text, legend in parts:
        if legend:
            yield "shape", text, legend
        else:
            for part in filter(None, ARROW.split(text)):
                yield "arrow" if ARROW.match(part) else kind, part, ""
