"""The statements of a file as the rows of the reader, by their lines."""

import ast
from collections.abc import Iterator
from functools import cache


@cache
def statement_starts(text: str) -> dict[int, int]:
    """Line -> first line of the statement, or the head of one, that it is in.

    The head of a compound statement, such as `def` or `if`, ends where its body
    begins; a decorator, an entry of a table, and a block of comments are units
    of their own. Lines of no statement, such as `else:`, are missing.
    """
    lines = text.splitlines()
    tree = ast.parse(text)
    starts: dict[int, int] = {}
    for first, last in _units(tree.body):
        for number in range(first, last + 1):
            if lines[number - 1].strip():
                starts[number] = first
    comment = 0
    for number, line in enumerate(lines, 1):
        if line.strip().startswith("#") and not _continues(starts, number):
            comment = comment or number
            starts[number] = comment
        else:
            comment = 0
    return starts


def _continues(starts: dict[int, int], number: int) -> bool:
    """Whether a line is within a statement: it neither begins nor ends it."""
    start = starts.get(number)
    return (
        start is not None
        and start < number
        and (starts.get(number + 1) == start)
    )


def _units(nodes: list[ast.stmt]) -> Iterator[tuple[int, int]]:
    """First and last line of each unit."""
    for node in nodes:
        for item in getattr(node, "decorator_list", []):
            yield item.lineno, item.end_lineno
        body = getattr(node, "body", None)
        end = node.end_lineno or node.lineno
        if body and not isinstance(node, ast.Expr):
            yield (
                node.lineno,
                max(
                    node.lineno,
                    body[0].lineno
                    - 1
                    - len(getattr(body[0], "decorator_list", [])),
                ),
            )
            for blocks in ("body", "orelse", "finalbody"):
                yield from _units(getattr(node, blocks, []))
            for handler in getattr(node, "handlers", []):
                yield from _units(handler.body)
        elif isinstance(value := getattr(node, "value", None), ast.Dict) and (
            value.keys and end > node.lineno
        ):
            yield from _entries(node.lineno, end, value)
        else:
            yield node.lineno, end


def _entries(
    first: int, last: int, table: ast.Dict
) -> Iterator[tuple[int, int]]:
    """The opening, each entry, and the closing of a table."""
    keys = [key or value for key, value in zip(table.keys, table.values)]
    starts = [key.lineno for key in keys]
    if starts[0] == first:
        yield first, last
        return
    yield first, starts[0] - 1
    for key, value in zip(keys, table.values):
        yield key.lineno, value.end_lineno or value.lineno
    yield last, last
