"""What is shown of a task and a cell: parts, files, rows, lines."""

from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple

from comparisons.reader.ast_index import MODULE
from comparisons.reader.call_graph import (
    Chosen,
    chosen_keys,
    decisive_keys,
    shown_lines,
    used_names,
    used_places,
)
from comparisons.reader.idioms import reason
from comparisons.reader.parts import GROUPS, PARTS, check, order_of, part_of
from comparisons.reader.rows.aligned import AlignedRow, align_rows
from comparisons.reader.rows.marks import Line
from comparisons.reader.source import (
    FRAMEWORK_OF,
    Package,
    Place,
    merged,
    read_packages,
    text_lines,
)
from shared.task import Task


class Row(NamedTuple):
    """One definition in all packages, or why some lack it.

    lines: package -> shown lines; reasons: of the other packages.
    """

    part: str
    file: str
    name: str
    lines: dict[str, tuple[Line, ...]]
    reasons: dict[str, str]


def view(
    task: Task,
    cell: str,
    parts: Collection[str] = tuple(PARTS),
    packages: dict[str, Package] | None = None,
) -> list[Row]:
    """The code of exactly this task and cell, definition by definition."""
    check(cell, parts)
    parts = {name for part in parts for name in GROUPS.get(part, (part,))}
    packages = packages or read_packages()
    files = tuple((name, *items.items()) for name, items in packages.items())
    sources = tuple(s for items in packages.values() for s in items.values())
    chosen = chosen_keys(task, cell) & decisive_keys(sources)
    return [row for row in _all_rows(files, chosen) if row.part in parts]


@cache
def _all_rows(files: tuple[Any, ...], chosen: Chosen) -> list[Row]:
    """All parts: tasks with the same model and training share a view.

    files: of each package, its name and its items.
    """
    packages = {name: dict(items) for name, *items in files}
    used = used_places(packages, chosen)
    rows = [
        _row(packages, (file, name), used, chosen)
        for file in _files(used)
        for name in _names(packages, file)
        if name == MODULE or (file, name) in used
    ]
    return sorted(rows, key=lambda row: order_of(row.file, row.name))


def _files(used: set[Place]) -> list[str]:
    """The files of a task: first those of no part, then part by part."""
    named = [file for files in PARTS.values() for file in files]
    files = {file for file, _ in used}
    inside = dict.fromkeys(f for f in named if f in files)
    return [*sorted(files - set(named)), *inside]


def _names(packages: dict[str, Package], file: str) -> list[str]:
    """The definitions of a file; steps of cells first, imports last."""
    names = merged(
        package[file].definitions
        for package in packages.values()
        if file in package
    )
    return sorted(names, key=lambda name: (name == MODULE, name == "State"))


def _row(
    packages: dict[str, Package],
    place: Place,
    used: set[Place],
    chosen: Chosen,
) -> Row:
    """A definition's lines in each package that has it."""
    file, name = place
    sources = {
        package: files[file]
        for package, files in packages.items()
        if file in files and name in files[file].definitions
    }
    lines = {}
    for package, source in sources.items():
        keys = chosen
        if name == MODULE:
            items = source.definitions.items()
            uses = (
                used_names(v, chosen) for n, v in items if (file, n) in used
            )
            keys = frozenset[str]().union(*uses)
        text = text_lines(source.text)
        lines[package] = tuple(
            Line(n, text[n - 1])
            for n in shown_lines(source.definitions[name], keys)
        )
    names = ", ".join(FRAMEWORK_OF[package] for package in sources)
    words = reason(sources, file, name) or f"only in {names}"
    absent = {package: words for package in packages if package not in sources}
    return Row(part_of(file, name), file, name, lines, absent)


def align(row: Row, packages: dict[str, Package]) -> list[AlignedRow]:
    """The statements of a definition side by side."""
    texts = tuple(packages[package][row.file].text for package in row.lines)
    return align_rows(tuple(row.lines.items()), texts, row.file, row.name)
