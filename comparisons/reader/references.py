"""What the nodes of a file refer to: names, attributes, fields of a spec."""

import ast
import copy
import dataclasses
from collections.abc import Iterable
from typing import Any

from shared.specs import ModelSpec


def attributes(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """Names after a dot; `super().__init__` alone is no use of a method."""
    return frozenset(
        item.attr
        for node in nodes
        for item in ast.walk(node)
        if isinstance(item, ast.Attribute)
    )


KEPT = {field.name for field in dataclasses.fields(ModelSpec)}
"""Fields that a layer keeps under the same name."""


def option(node: ast.AST) -> str | None:
    """The field that a branch asks for: `if spec.stateful:`."""
    test = node.test if isinstance(node, ast.If | ast.IfExp) else None
    if isinstance(test, ast.Attribute):
        owner = ast.unparse(test.value)
        kept = owner == "self" and test.attr in KEPT
        if kept or owner.rpartition(".")[2] == "spec":
            return test.attr
    return None


def without(tree: ast.AST, name: str) -> ast.AST:
    """A copy of a tree as it runs where a field of the spec is not set."""

    class Pruned(ast.NodeTransformer):
        def visit_If(self, node: ast.If) -> Any:
            self.generic_visit(node)
            return node.orelse if option(node) == name else node

        def visit_IfExp(self, node: ast.IfExp) -> Any:
            self.generic_visit(node)
            return node.orelse if option(node) == name else node

    return Pruned().visit(copy.deepcopy(tree))


def names(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """The names that nodes refer to and do not bind themselves."""
    loaded, bound = set[str](), set[str]()
    for item in (item for node in nodes for item in ast.walk(node)):
        if isinstance(item, ast.Name):
            kind = loaded if isinstance(item.ctx, ast.Load) else bound
            kind.add(item.id)
        elif isinstance(item, ast.arg):
            bound.add(item.arg)
    return frozenset(loaded - bound)
