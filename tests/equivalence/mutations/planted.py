"""One planted error, and all of them."""

from __future__ import annotations

import ast
import hashlib
import importlib
import pkgutil
from pathlib import Path
from typing import NamedTuple

from . import errors
from .syntax import find_definition, plant

ROOT = Path(__file__).parents[3]


class PlantedError(NamedTuple):
    """An error as a programmer makes it.

    file: from the root of the repository; definition, right, wrong, at: of
    `syntax.plant`; meaning: what is wrong then, in the field's words; kind:
    the table it is from; equivalent: why no test can detect it, where so.
    """

    file: str
    definition: str
    right: str
    wrong: str
    meaning: str
    at: int = 0
    equivalent: str = ""

    def planted(self) -> str:
        """The text of the file with the error."""
        source = (ROOT / self.file).read_text()
        return plant(source, *self[1:4], self.at)

    def place(self) -> tuple[str, ...]:
        """What is planted where, however the file around it changes."""
        return (*self[:4], str(self.at))

    def key(self) -> str:
        """A digest of the error and of the definition it is planted in."""
        return self.key_in((ROOT / self.file).read_text())

    def key_in(self, source: str) -> str:
        node = find_definition(ast.parse(source), self.definition)
        text = repr((tuple(self), ast.dump(node)))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def all_errors() -> dict[str, list[PlantedError]]:
    """Table -> its errors, of each file in `errors` and its folders."""
    package = errors.__name__
    modules = pkgutil.walk_packages(errors.__path__, f"{package}.")
    names = sorted(one.name for one in modules if not one.ispkg)
    return {
        name.removeprefix(f"{package}."): [
            PlantedError(*row) for row in importlib.import_module(name).ERRORS
        ]
        for name in names
    }
