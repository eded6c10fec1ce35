"""The layout of a delimited file, recognized by its first lines."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import dropwhile
from pathlib import Path

from shared.errors import DataError
from shared.files.tables.columns import positions
from shared.files.tables.dialect import Dialect, Line, Row, parse
from shared.files.tables.format import AUTO, TableFormat
from shared.files.tables.layout import Layout, trimmed

SAMPLE = 400
"""Lines by which a file is judged."""

TITLES = 60
"""Lines among which a header is looked for."""

DELIMITERS = {".csv": ",;\t|", ".tsv": "\t;,|", ".tab": "\t;,|"}
"""Ending -> delimiters, the usual one first."""

ANY = "\t,;| "
"""Those of other endings."""

SEPARATOR = re.compile(r'"?sep=(.)"?[,;\t]*', re.IGNORECASE)
"""The first line of a file that Excel wrote, or is to read."""

DATA = re.compile(r"\s*[-+]?\d[-+.,:/\d\sTZ]*")
"""A number or a time, which is seldom the name of a column."""


def find_layout(
    path: Path, lines: list[Line], columns: Sequence[str], form: TableFormat
) -> Layout | None:
    """The layout in which the columns are found, else the likeliest one.

    None for a file without a row; DataError if several are possible.
    """
    lines = [line for line in lines if line[0] > form.skip_rows]
    lines = list(dropwhile(lambda line: not line[1].strip(), lines))
    delimiter = form.delimiter
    mark = SEPARATOR.fullmatch(lines[0][1].strip()) if lines else None
    if mark and not form.skip_rows:
        lines = lines[1:]
        delimiter = mark[1] if delimiter == AUTO else delimiter
    if form.header == "none" and not form.skip_rows:
        lines = list(dropwhile(lambda line: line[1][:1] == "#", lines))
    if not lines:
        return None
    dialects = _dialects(path, delimiter, form.quoting)
    if form.header == "none":
        return _unheaded(path, lines, columns, dialects)
    starts = 1 if form.skip_rows else min(TITLES, len(lines))
    return _headed(path, lines, columns, dialects, starts)


def _dialects(path: Path, delimiter: str, quoting: str) -> list[Dialect]:
    """Those that the options leave, the usual one first."""
    endings = [e.lower() for e in path.suffixes if e.lower() in DELIMITERS]
    usual = DELIMITERS[endings[-1]] if endings else ANY
    found = []
    for sign in usual if delimiter == AUTO else delimiter:
        quoted: tuple[bool, ...] = (False, True) if sign == "\t" else (True,)
        if quoting != AUTO:
            quoted = (quoting == "standard",)
        found += [Dialect(sign, how) for how in quoted]
    return found


def _headed(
    path: Path,
    lines: list[Line],
    columns: Sequence[str],
    dialects: list[Dialect],
    starts: int,
) -> Layout:
    """The first line that names the columns, with rows of its width.

    If none does: the first line of several fields under which nearly all rows
    have its width, else the first line, read so that it has most fields.
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
    first = [_under(path, lines, d, columns) for d in dialects]
    return likely[0] if likely else max(first, key=lambda layout: layout.least)


def _under(
    path: Path, lines: list[Line], dialect: Dialect, columns: Sequence[str]
) -> Layout:
    """The layout with the first of these lines as header."""
    rows, unread = _rows(path, lines, dialect)
    (first, names), *rest = rows or [(lines[0][0], [""])]
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
    layout = Layout(dialect, names, first, 0.0)
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


def _unheaded(
    path: Path,
    lines: list[Line],
    columns: Sequence[str],
    dialects: list[Dialect],
) -> Layout:
    """Columns 1, 2, ...; DataError if several delimiters are possible."""
    found = []
    for dialect in dialects:
        rows, unread = _rows(path, lines, dialect)
        widths = Counter(len(trimmed(fields)) for _, fields in rows)
        (width, _), *_ = widths.most_common(1) or [(1, 0)]
        names = [str(number) for number in range(1, max(width, 1) + 1)]
        layout = Layout(dialect, names, lines[0][0], 0.0)
        fits = sum(layout.fits(fields) for _, fields in rows)
        share = fits / max(len(rows) + unread, 1)
        found.append(layout._replace(share=share))
    able = [
        x
        for x in found
        if x.share == 1
        and x.most > 1
        and (not columns or positions(x.names, columns))
    ]
    # Blanks are also within fields.
    if any(sign in text for _, text in lines for sign in ANY.strip(" ")):
        able = [x for x in able if x.dialect.delimiter != " "]
    signs = list(dict.fromkeys(x.dialect.delimiter for x in able))
    if len(signs) > 1:
        shown = " or ".join(f"{sign!r}" for sign in signs)
        raise DataError(
            f"{path}: fields may be separated by {shown}; --delimiter says "
            "which"
        )
    return able[0] if able else max(found, key=lambda x: (x.most > 1, x.share))


def _rows(
    path: Path, lines: list[Line], dialect: Dialect
) -> tuple[list[Row], int]:
    """The rows, and how many lines cannot be read as such."""
    rows: list[Row] = []
    try:
        rows.extend(parse(path, lines, dialect))
    except DataError:
        return rows, lines[-1][0] - rows[-1][0] if rows else len(lines)
    return rows, 0
