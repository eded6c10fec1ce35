"""What is shown of a task and a cell: parts, files, rows, lines."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from comparisons.reader.ast_index import MODULE
from comparisons.reader.call_graph import (
    Chosen,
    chosen_keys,
    shown_lines,
    used_names,
    used_places,
)
from comparisons.reader.idioms import reason
from comparisons.reader.parts import PARTS, check, files_of
from comparisons.reader.source import (
    FRAMEWORK_OF,
    Package,
    Place,
    Source,
    merged,
    read_packages,
)
from shared.task import Task


class Line(NamedTuple):
    """A line by its number; same: it is in all three packages."""

    number: int
    text: str
    same: bool


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
    packages = packages or read_packages()
    chosen = chosen_keys(task, cell)
    used = used_places(packages, chosen)
    return [
        _row(packages, part, (file, name), used, chosen)
        for part, files in files_of(used).items()
        if part in parts
        for file in files
        for name in _names(packages, file, used)
    ]


def _names(
    packages: dict[str, Package], file: str, used: set[Place]
) -> list[str]:
    orders = (
        package[file].definitions
        for package in packages.values()
        if file in package
    )
    return [
        name
        for name in merged(orders)
        if name == MODULE or (file, name) in used
    ]


def _row(
    packages: dict[str, Package],
    part: str,
    place: Place,
    used: set[Place],
    chosen: Chosen,
) -> Row:
    """A definition's lines in each package, with equal lines marked."""
    file, name = place
    sources = {
        package: files[file]
        for package, files in packages.items()
        if file in files and name in files[file].definitions
    }
    texts = [_texts(source, name) for source in sources.values()]
    shared = set.intersection(*texts) if len(sources) == len(packages) else {}
    lines = {}
    for package, source in sources.items():
        keys: Collection[str] = chosen
        if name == MODULE:
            keys = _referred(source, file, used, chosen)
        numbers = shown_lines(source.definitions[name], keys)
        rows = source.text.splitlines()
        lines[package] = tuple(
            Line(n, rows[n - 1], rows[n - 1].strip() in shared) for n in numbers
        )
    return Row(part, file, name, lines, _reasons(packages, sources, place))


def _texts(source: Source, name: str) -> set[str]:
    """The lines of a definition, without indentation."""
    rows = source.text.splitlines()
    return {rows[n - 1].strip() for n in source.definitions[name].lines}


def _referred(
    source: Source, file: str, used: set[Place], chosen: Chosen
) -> frozenset[str]:
    uses = (
        used_names(item, chosen)
        for name, item in source.definitions.items()
        if (file, name) in used
    )
    return frozenset[str]().union(*uses)


def _reasons(
    packages: dict[str, Package], sources: dict[str, Source], place: Place
) -> dict[str, str]:
    """The reason why a definition is absent, by package."""
    names = ", ".join(FRAMEWORK_OF[package] for package in sources)
    words = reason(sources, *place) or f"only in {names}"
    return {p: words for p in packages if p not in sources}
