"""The mirrored packages as parsed text; nothing of them is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from comparisons.frameworks import DEFAULT, get_framework
from comparisons.reader.ast_index import MODULE, Definition, definitions
from comparisons.records.environment import ROOT
from shared.exhibits.names import framework_name

FRAMEWORK_OF = {
    get_framework(name).package: framework_name(name) for name in DEFAULT
}
PACKAGES = tuple(FRAMEWORK_OF)

Name = TypeVar("Name")

Place = tuple[str, str]
"""A file of a package and a name in it."""


@dataclass(frozen=True)
class Source:
    """A file: text, definitions by name, imports from its package.

    imports: local name -> file and name of the definition.
    """

    text: str
    definitions: dict[str, Definition]
    imports: dict[str, Place]


Package = dict[str, Source]
"""File -> source."""


def read_packages(root: Path = ROOT) -> dict[str, Package]:
    return {
        package: {
            path.name: read_source(path)
            for path in sorted((root / package).glob("*.py"))
        }
        for package in PACKAGES
    }


def read_source(path: Path) -> Source:
    text = path.read_text()
    tree = ast.parse(text)
    found = {item.name: item for item in definitions(tree, text.splitlines())}
    return Source(text, found, _own_imports(tree, path.parent.name))


def outline(path: Path) -> list[tuple[str, str | None]]:
    """Name and docstring of each definition of a file, in order."""
    found = read_source(path).definitions.values()
    return [(item.name, item.doc) for item in found if item.name != MODULE]


def merged(orders: Iterable[Iterable[Name]]) -> list[Name]:
    """All names in one order; a name in only one follows its neighbor."""
    names: list[Name] = []
    for order in orders:
        place = 0
        for name in order:
            if name not in names:
                names.insert(place, name)
            place = names.index(name) + 1
    return names


def _own_imports(tree: ast.Module, package: str) -> dict[str, Place]:
    found = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            start, _, file = node.module.partition(".")
            if start == package and file:
                for alias in node.names:
                    place = f"{file}.py", alias.name
                    found[alias.asname or alias.name] = place
    return found
