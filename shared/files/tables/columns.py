"""Columns of a table by their names."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from shared.errors import DataError, unknown

SPELLINGS: tuple[Callable[[str], str], ...] = (
    lambda name: name,
    str.strip,
    lambda name: name.strip().casefold(),
    lambda name: name.strip(" \t\u00a0\u200b\ufeff").casefold(),
)
"""How names are compared, the strictest first."""

ONE_COLUMN = (
    "; the file has one column only: --delimiter and --quoting say how its "
    "fields are separated"
)


ADVICE = re.compile(
    r"(?:;| \() ?(?:flags|the file has|--(?!encoding|word-|tag-))[^)]*\)?$"
)
"""What a message says of the options of tables, at its end."""


def one_column(names: Sequence[str]) -> str:
    """Advice for a file of one column whose name holds another delimiter."""
    joined = len(names) == 1 and re.search(r"[^\w\s().%-]", names[0])
    return ONE_COLUMN if joined else ""


def without_advice(error: DataError) -> DataError:
    """The error of a task that lacks the options of tables."""
    words, shorter = "", str(error)
    while words != shorter:
        words, shorter = shorter, ADVICE.sub("", shorter)
    return DataError(words)


def positions(names: Sequence[str], columns: Sequence[str]) -> list[int] | None:
    """The index of each column, None if one is absent or duplicated.

    Blanks around a name and its case matter only where they distinguish two.
    """
    found = [_position(names, column) for column in columns]
    return None if None in found else [i for i in found if i is not None]


def check_columns(
    path: Path,
    place: str,
    names: Sequence[str],
    columns: Sequence[str],
    advice: str = "",
) -> list[int]:
    """The index of each column; DataError if one is absent or duplicated."""
    for column in columns:
        if _position(names, column) is not None:
            continue
        fault = unknown("column", column, {name.strip() for name in names})
        if (count := names.count(column)) > 1:
            fault = f"{count} columns are called '{column}'"
        raise DataError(
            f"{path}, {place}: {fault} (flags ending in -column say which)"
            f"{advice}"
        )
    return positions(names, columns) or []


def _position(names: Sequence[str], column: str) -> int | None:
    for spelled in SPELLINGS:
        alike = [spelled(name) == spelled(column) for name in names]
        if any(alike):
            return alike.index(True) if sum(alike) == 1 else None
    return None
