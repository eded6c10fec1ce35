"""Plant an error in a source text: by abstract syntax, not by its letters."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import suppress


def plant(
    source: str, definition: str, right: str, wrong: str, at: int = 0
) -> str:
    """The source with `wrong` in place of `right` in one definition.

    definition: "function", "Class.method", the name of a module's variable, or
    "" for the whole file; right: an expression, a keyword argument
    (`rate=spec.dropout`) or a statement; at: which of several, from 0.

    Raises LookupError where there is no such definition or no such code.
    """
    node = find_definition(ast.parse(source), definition)
    matches = [*find_code(node, right)]
    if at >= len(matches):
        raise LookupError(
            f"{definition or 'the file'} has {len(matches)} of `{right}`"
        )
    found = matches[at]
    if isinstance(found, ast.expr):
        wrong = f"({wrong})"
    elif isinstance(found, ast.stmt):
        wrong = wrong.replace("\n", "\n" + " " * found.col_offset)
    planted = replace_node(source, found, wrong)
    ast.parse(planted)
    return planted


def find_definition(tree: ast.Module, name: str) -> ast.AST:
    """The class, function or assignment of this dotted name."""
    node: ast.AST = tree
    for part in name.split(".") if name else ():
        node = next(
            (one for one in ast.walk(node) if part in names_of(one)), None
        ) or missing(name)
    return node


def missing(name: str) -> ast.AST:
    raise LookupError(f"no definition '{name}'")


def names_of(node: ast.AST) -> set[str]:
    """What a definition or an assignment defines."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target]
        )
        return {one.id for one in targets if isinstance(one, ast.Name)}
    return set()


def find_code(node: ast.AST, text: str) -> Iterator[ast.AST]:
    """The nodes with the same syntax as a piece of code, in their order."""
    kinds = {type(one): ast.dump(one) for one in patterns(text)}
    found = [
        one
        for one in ast.walk(node)
        if type(one) in kinds and ast.dump(one) == kinds[type(one)]
    ]
    yield from sorted(found, key=lambda one: (one.lineno, one.col_offset))


def patterns(text: str) -> Iterator[ast.AST]:
    """What a piece of code can be: an expression, else a statement.

    An assignment is also the keyword argument of a call.
    """
    (statement,) = ast.parse(text).body
    if isinstance(statement, ast.Expr):
        yield statement.value
        return
    yield statement
    if not isinstance(statement, ast.Assign):
        return
    with suppress(SyntaxError):  # of a target that is no name
        yield ast.parse(f"f({text})", mode="eval").body.keywords[0]


def replace_node(source: str, node: ast.AST, text: str) -> str:
    """The source with other text where a node is; offsets are in bytes."""
    lines = source.encode().splitlines(keepends=True)
    begin = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    end = sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
    whole = b"".join(lines)
    return (whole[:begin] + text.encode() + whole[end:]).decode()
