"""The parts of the code and the files that each is made of."""

from __future__ import annotations

from collections.abc import Collection

from comparisons.reader.source import Place
from shared.errors import UserError, unknown
from shared.specs import CELLS

PARTS = {
    "model": ("models.py",),
    "cell": ("cells.py", "recurrent.py"),
    "loss": ("losses.py",),
    "training": ("training.py", "optimizers.py", "device.py"),
    "weights": ("weights.py",),
}
"""Part -> its files; what no part names is of the first, before its own."""


def check(cell: str, parts: Collection[str]) -> None:
    """Raise UserError for a cell or a part that does not exist."""
    if cell not in CELLS:
        raise UserError(unknown("cell", cell, CELLS))
    for part in parts:
        if part not in PARTS:
            raise UserError(unknown("part", part, PARTS))


def files_of(used: set[Place]) -> dict[str, list[str]]:
    """Part -> its used files, in reading order."""
    named = {file for files in PARTS.values() for file in files}
    files = {file for file, _ in used}
    first, *_ = PARTS
    found = {part: [f for f in PARTS[part] if f in files] for part in PARTS}
    found[first] = sorted(files - named) + found[first]
    return found
