"""Lines as rows of fields: the delimiter, and what quotation marks mean."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from shared.errors import DataError
from shared.files.io import numbered_lines

Line = tuple[int, str]
"""The number of a line, and its text."""

Row = tuple[int, list[str]]
"""The number of a row's first line, and its fields."""

LARGEST = 1 << 27
"""Characters of a field."""


END = "\x1a"
"""A last line of old programs for DOS."""


class Dialect(NamedTuple):
    """A delimiter, and whether quotation marks enclose fields.

    A space stands for any number of blanks.
    """

    delimiter: str
    quoted: bool

    @property
    def rules(self) -> dict[str, Any]:
        return {
            "delimiter": self.delimiter,
            "quoting": csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
            "skipinitialspace": self.delimiter == " ",
            "strict": True,
        }

    @property
    def remedy(self) -> str:
        """The advice for a row in which quotation marks are not in order."""
        if self.quoted:
            return "; --quoting none reads quotation marks as signs"
        return "; --quoting standard lets quotation marks enclose fields"


def parse(path: Path, lines: Iterable[Line], dialect: Dialect) -> Iterator[Row]:
    """The rows that are not blank; DataError for unbalanced quotes.

    pandas would fill short rows in silence, guess types before the sign of
    decimals is known, and not say on which line a row is.
    """
    csv.field_size_limit(LARGEST)
    begin = last = 0
    cells = False

    def texts() -> Iterator[str]:
        nonlocal begin, last, cells
        for last, line in lines:
            begin = begin or last
            cells = cells or '="' in line
            if dialect.delimiter == " ":
                line = line.strip().replace("\t", " ")
            yield f"{line}\n"

    try:
        for fields in csv.reader(texts(), **dialect.rules):
            if fields:
                yield begin, list(map(bare, fields)) if cells else fields
                cells = False
            begin = last + 1
    except csv.Error as error:
        raise DataError(
            f"{path}, line {begin}: {error}{dialect.remedy}"
        ) from error


def bare(field: str) -> str:
    """The text of a cell that Excel keeps as text: ="0123"."""
    cell = field.strip()
    text = cell[2:-1]
    return text if cell == f'="{text}"' and '"' not in text else field


def sample_rows(
    path: Path, lines: list[Line], dialect: Dialect
) -> tuple[list[Row], int]:
    """The rows, and how many lines cannot be read as such."""
    rows: list[Row] = []
    try:
        rows.extend(parse(path, lines, dialect))
    except DataError:
        return rows, lines[-1][0] - rows[-1][0] if rows else len(lines)
    return rows, 0


def table_lines(path: Path, encoding: str) -> Iterator[Line]:
    r"""Line number and line; a lone \r ends a line too.

    A byte order mark begins each part of a file that was put together.
    """
    number = 0
    for _, text in numbered_lines(path, encoding):
        for line in text.removeprefix("\ufeff").split("\r"):
            number += 1
            if line != END:
                yield number, line
