"""The definitions of a parsed file: their lines and what they refer to."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from comparisons.reader.references import attributes, names, option, without

MODULE = "module"
"""The name of a file's head: docstring and imports."""

CALLS = ("forward", "call", "__call__")
"""How PyTorch, Keras and NNX name the method that applies a module."""

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Entry:
    """Lines of a definition that are shown only if chosen, and their names."""

    lines: frozenset[int]
    uses: frozenset[str]


@dataclass(frozen=True)
class Definition:
    """The head of a module or class, a function, a method or a constant.

    entries: the items of a table by key, or the imports of a module by the name
        that each binds;
    options: field of a spec -> names that are used only where it is set;
    attributes: the names after a dot, such as those of methods.
    """

    name: str
    lines: tuple[int, ...]
    doc: str | None
    uses: frozenset[str]
    entries: Mapping[str, Entry] = field(default_factory=dict)
    options: Mapping[str, frozenset[str]] = field(default_factory=dict)
    attributes: frozenset[str] = frozenset()


def definitions(tree: ast.Module, lines: list[str]) -> Iterator[Definition]:
    yield _head(tree)
    for node, below in zip(tree.body, [*tree.body[1:], None]):
        if isinstance(node, ast.ClassDef):
            yield from _class(node, lines)
        elif isinstance(node, FUNCTIONS):
            yield _function(node, node.name, lines)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            last = below if isinstance(below, ast.Expr) else node
            yield _constant(node, last, lines)


def _head(tree: ast.Module) -> Definition:
    nodes = [n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
    entries = {
        (alias.asname or alias.name.partition(".")[0]): _entry(node)
        for node in nodes
        for alias in node.names
    }
    opening = [node for node in tree.body[:1] if isinstance(node, ast.Expr)]
    lines = tuple(sorted(_entry(*opening, *nodes).lines))
    return Definition(
        MODULE, lines, ast.get_docstring(tree), frozenset(), entries
    )


def _class(node: ast.ClassDef, lines: list[str]) -> Iterator[Definition]:
    """The head of a class, which ends before its first method; methods."""
    methods = [item for item in node.body if isinstance(item, FUNCTIONS)]
    others = [item for item in node.body if not isinstance(item, FUNCTIONS)]
    ends = (_first(item, lines) - 1 for item in methods)
    end = min([node.end_lineno or 0, *ends])
    while not lines[end - 1].strip():
        end -= 1
    head = [*node.bases, *node.keywords, *node.decorator_list, *others]
    yield Definition(
        node.name,
        tuple(range(_first(node, lines), end + 1)),
        ast.get_docstring(node),
        names(head),
        attributes=attributes(head),
    )
    for item in methods:
        name = "call" if item.name in CALLS else item.name
        yield _function(item, f"{node.name}.{name}", lines)


def _function(node: Any, name: str, lines: list[str]) -> Definition:
    span = range(_first(node, lines), node.end_lineno + 1)
    uses = names([node])
    options = {
        name: uses - names([without(node, name)])
        for name in filter(None, map(option, ast.walk(node)))
    }
    return Definition(
        name,
        tuple(span),
        ast.get_docstring(node),
        uses,
        options=options,
        attributes=attributes([node]),
    )


def _constant(node: Any, last: Any, lines: list[str]) -> Definition:
    """A constant and the string after it; a table's entries by key."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    span = range(_first(node, lines), last.end_lineno + 1)
    entries = {}
    if isinstance(node.value, ast.Dict):
        for key, value in zip(node.value.keys, node.value.values):
            if isinstance(key, ast.Constant):
                entries[str(key.value)] = _entry(key, value)
    return Definition(
        ast.unparse(target),
        tuple(span),
        None,
        names([node]),
        entries,
        attributes=attributes([node]),
    )


def _entry(*nodes: Any) -> Entry:
    lines = (range(node.lineno, node.end_lineno + 1) for node in nodes)
    return Entry(frozenset[int]().union(*lines), names(nodes))


def _first(node: Any, lines: list[str]) -> int:
    """A statement's first line, with its decorators and comments above."""
    decorators = getattr(node, "decorator_list", [])
    first: int = min([node.lineno, *(item.lineno for item in decorators)])
    while first > 1 and lines[first - 2].lstrip().startswith("#"):
        first -= 1
    return first
