"""The rows over the values of a table: names, more names, units."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shared.files.tables.format import MISSING

NUMBER = re.compile(r"\s*[-+]?[.\d][-+.,:/\d\s'eETZ]*")
"""A number or a time."""

DEEPEST = 4
"""Rows of names over the name of an index, which pandas writes below them."""

Rows = Sequence[Sequence[str]]


class Header(NamedTuple):
    """The names of the columns, how many rows they have, a second line's."""

    names: list[str]
    rows: int = 1
    units: str = ""


def header_of(rows: Rows) -> Header:
    """The header that begins a table.

    Several rows of names, as pandas writes columns of several levels, end with
    the name of the index alone; a level that is the same everywhere names
    nothing. A row without a number over columns of numbers holds their units.
    """
    names = list(rows[0])
    for depth in range(2, min(DEEPEST, len(rows) - 1)):
        if _names_the_index(rows, depth):
            levels = [row[1:] for row in rows[:depth]]
            varied = [level for level in levels if len(set(level)) > 1]
            parts = zip(*(varied or levels[:1]), strict=True)
            joined = [" ".join(map(str.strip, part)) for part in parts]
            return Header([rows[depth][0], *joined], depth + 1)
    if len(rows) > 1 and _are_units(names, rows[1], rows[2:]):
        units = [unit.strip() for unit in rows[1]]
        return Header(names, 2, ", ".join(filter(None, units)))
    return Header(names)


def _names_the_index(rows: Rows, depth: int) -> bool:
    """Whether a row has the name of the first column alone, under others'."""
    row, below = rows[depth], rows[depth + 1]
    above = [field for names in rows[:depth] for field in names[1:]]
    alike = {len(own) for own in rows[: depth + 2]} == {len(row)}
    alone = row[0].strip() and not any(map(str.strip, row[1:]))
    return bool(
        alike
        and alone
        and not NUMBER.fullmatch(row[0])
        and all(map(str.strip, above))
        and not any(map(NUMBER.fullmatch, above))
        and any(map(NUMBER.fullmatch, below[1:]))
    )


def _are_units(names: Sequence[str], row: Sequence[str], rest: Rows) -> bool:
    """Whether a row has no number where all rows below it have one."""
    said = [
        column
        for column, field in enumerate(row)
        if field.strip().lower() not in MISSING
    ]
    if not said or len(row) != len(names) or any(map(NUMBER.fullmatch, row)):
        return False
    for column in said:
        values = [own[column] for own in rest if len(own) > column]
        known = [v for v in values if v.strip().lower() not in MISSING]
        numbers = known and all(map(NUMBER.fullmatch, known))
        if not numbers or not names[column].strip():
            return False
    return True
