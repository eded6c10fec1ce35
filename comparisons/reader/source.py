"""The mirrored packages as parsed text; nothing of them is imported."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from comparisons.frameworks import DEFAULT, get_framework
from comparisons.reader.ast_index import Definition, definitions
from comparisons.records.environment import ROOT
from shared.exhibits.names import framework_name

FRAMEWORK_OF = {
    get_framework(name).package: framework_name(name) for name in DEFAULT
}
PACKAGES = tuple(FRAMEWORK_OF)

Item = TypeVar("Item")

Place = tuple[str, str]
"""A file of a package and a name in it."""


@dataclass(frozen=True, eq=False)
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
            path.name: read_source(path.read_text("utf-8"), package)
            for path in sorted((root / package).glob("*.py"))
        }
        for package in PACKAGES
    }


@cache
def text_lines(text: str) -> list[str]:
    return text.splitlines()


@cache
def read_source(text: str, package: str) -> Source:
    """A file of a package; it is parsed once, however often it is shown."""
    tree = ast.parse(text)
    imports = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            origin, _, file = node.module.partition(".")
            if origin == package and file:
                for alias in node.names:
                    place = f"{file}.py", alias.name
                    imports[alias.asname or alias.name] = place
    found = {item.name: item for item in definitions(tree, text.splitlines())}
    return Source(text, found, imports)


def merged(orders: Iterable[Iterable[Item]]) -> list[Item]:
    """All items in one order; an item in only one follows its neighbor."""
    items: list[Item] = []
    for order in orders:
        place = 0
        for item in order:
            if item not in items:
                items.insert(place, item)
            place = items.index(item) + 1
    return items
