"""What is shown of a task and a cell: parts, files, rows, lines."""

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
from comparisons.reader.source import (
    FRAMEWORK_OF,
    Package,
    Place,
    merged,
    read_packages,
)
from shared.errors import UserError, unknown
from shared.specs import CELLS
from shared.task import Task

PARTS = {
    "model": ("models.py",),
    "cell": ("cells.py", "recurrent.py"),
    "loss": ("losses.py",),
    "training": ("training.py", "optimizers.py", "device.py"),
    "weights": ("weights.py",),
}
"""Part -> its files; what no part names is of the first, before its own."""


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


def check(cell: str, parts: Collection[str]) -> None:
    """Raise UserError for a cell or a part that does not exist."""
    if cell not in CELLS:
        raise UserError(unknown("cell", cell, CELLS))
    for part in parts:
        if part not in PARTS:
            raise UserError(unknown("part", part, PARTS))


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
    files = {file for file, _ in used}
    first, *_ = PARTS
    rows = []
    for part in (part for part in PARTS if part in parts):
        members = [file for file in PARTS[part] if file in files]
        if part == first:
            members = sorted(files.difference(*PARTS.values())) + members
        for file in members:
            names = merged(
                package[file].definitions
                for package in packages.values()
                if file in package
            )
            rows += [
                _row(packages, part, (file, name), used, chosen)
                for name in names
                if name == MODULE or (file, name) in used
            ]
    return rows


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
    rows = {p: source.text.splitlines() for p, source in sources.items()}
    texts = [
        {rows[p][n - 1].strip() for n in source.definitions[name].lines}
        for p, source in sources.items()
    ]
    shared = set.intersection(*texts) if len(sources) == len(packages) else {}
    lines = {}
    for package, source in sources.items():
        keys = chosen
        if name == MODULE:
            items = source.definitions.items()
            uses = (
                used_names(v, chosen) for n, v in items if (file, n) in used
            )
            keys = frozenset[str]().union(*uses)
        lines[package] = tuple(
            Line(n, text, text.strip() in shared)
            for n in shown_lines(source.definitions[name], keys)
            for text in rows[package][n - 1 : n]
        )
    names = ", ".join(FRAMEWORK_OF[package] for package in sources)
    words = reason(sources, file, name) or f"only in {names}"
    absent = {package: words for package in packages if package not in sources}
    return Row(part, file, name, lines, absent)
