"""The header of a delimited file, looked for in its first lines."""

import re
from collections.abc import Sequence
from pathlib import Path

from shared.files.tables.columns import positions
from shared.files.tables.dialect import Dialect, Line, sample_rows
from shared.files.tables.header_rows import header_of
from shared.files.tables.layout import Layout

TITLES = 60
"""Lines among which a header is looked for."""

DATA = re.compile(r"\s*[-+]?\d[-+.,:/\d\sTZ]*")
"""A number or a time, which is seldom the name of a column."""


def headed(
    path: Path,
    lines: list[Line],
    columns: Sequence[str],
    dialects: list[Dialect],
    starts: int,
) -> Layout:
    """The first line that names the columns, with rows of its width.

    If none does: the first line of several fields under which nearly all rows
    have its width, unless it is a row of values under a header; else the first
    line, read so that it has most fields.
    """
    likely: list[Layout] = []
    for start in range(starts):
        found = [_under(path, lines[start:], d, columns) for d in dialects]
        named = [x for x in found if columns and positions(x.names, columns)]
        if start:
            named = [x for x in named if x.share > 0.5]
        if named:
            return max(named, key=lambda layout: layout.share)
        likely += [x for x in found if x.least > 1 and x.share > 0.9]
        if likely and not columns:
            break
    first = max(
        (_under(path, lines, d, columns) for d in dialects),
        key=lambda layout: layout.least,
    )
    if not likely or (_is_header(first) and DATA.fullmatch(likely[0].names[0])):
        return first
    return likely[0]


def _is_header(layout: Layout) -> bool:
    """Whether names are those of columns, although few rows have their width.

    Decimal commas without quotation marks make more fields than names.
    """
    return layout.least > 1 and not any(map(DATA.fullmatch, layout.names))


def _under(
    path: Path, lines: list[Line], dialect: Dialect, columns: Sequence[str]
) -> Layout:
    """The layout with the first of these lines as header."""
    rows, unread = sample_rows(path, lines, dialect)
    rows = rows or [(lines[0][0], [""])]
    names, count, units = header_of([fields for _, fields in rows])
    first, rest = rows[count - 1][0], rows[count:]
    bare = [names[0].lstrip("# "), *names[1:]]
    if positions(names, columns) is None and positions(bare, columns):
        names = bare
    found = [fields for _, fields in rest if any(map(str.strip, fields))]
    # R's write.table names no column of row numbers; write.csv does, and
    # commas may be decimal signs.
    if dialect.delimiter in " \t" and _are_numbered(found, len(names)):
        names = ["", *names]
    # The index of pandas has no name of its own.
    if not names[0].strip() and "1" not in names and len(names) > 1:
        names = ["1", *names[1:]]
    layout = Layout(dialect, names, first, 0.0, units=units)
    fits = sum(map(layout.fits, found))
    return layout._replace(
        share=fits / max(len(found) + unread, 1),
        headless=any(map(DATA.fullmatch, names))
        or any(set(names) & set(fields) - {""} for fields in found),
    )


def _are_numbered(rows: list[list[str]], width: int) -> bool:
    """Whether rows begin with a number that the header has no name for."""
    if not rows or any(len(fields) != width + 1 for fields in rows):
        return False
    numbers = [fields[0].strip() for fields in rows]
    return any(
        numbers == [str(i) for i in range(first, first + len(rows))]
        for first in (0, 1)
    ) and any(fields[-1].strip() for fields in rows)
