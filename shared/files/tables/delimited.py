"""Rows of delimited fields: CSV, TSV and their kin."""

from collections.abc import Iterator, Sequence
from itertools import dropwhile, islice
from pathlib import Path

from shared.errors import DataError
from shared.files.tables.columns import check_columns
from shared.files.tables.dialect import parse, table_lines
from shared.files.tables.format import TableFormat
from shared.files.tables.layout import Layout, trimmed
from shared.files.tables.recognize import SAMPLE, find_layout

NO_TABLES = {
    "<!doctype": "a web page, not a table",
    "<html": "a web page, not a table",
    "version https://git-lfs": "a pointer of Git LFS; git lfs pull fetches "
    "the file",
    '[{"': "JSON; a name that ends in .json says so",
    '{"': "JSON; a name that ends in .jsonl says so",
}
"""How a file begins -> what it is that is no table."""


def layout_of(
    path: Path, columns: Sequence[str], form: TableFormat
) -> Layout | None:
    """How the file is written, by its first lines; None if it is empty."""
    lines = table_lines(path, form.encoding)
    sample = list(islice(lines, SAMPLE + form.skip_rows))
    head = sample[0][1].strip().lower() if sample else ""
    for begin, what in NO_TABLES.items():
        if head.startswith(begin):
            raise DataError(f"{path} is {what}")
    return find_layout(path, sample, columns, form)


def read_delimited(
    path: Path, columns: Sequence[str], form: TableFormat
) -> Iterator[tuple[str, list[str]]]:
    """Fields of these columns; rows without any content are skipped.

    DataError for a row that is longer or shorter than the header, unless what
    is too much is empty.
    """
    layout = layout_of(path, columns, form)
    if layout is None:
        return
    headed = form.header == "first"
    advice = "; --header none reads a file without a header"
    place = f"line {layout.first}"
    advised = advice if layout.headless else ""
    chosen = check_columns(path, place, layout.names, columns, advised)
    lines = table_lines(path, form.encoding)
    lines = dropwhile(lambda line: line[0] < layout.first, lines)
    width = layout.most
    rows = parse(path, lines, layout.dialect)
    for number, fields in islice(rows, int(headed), None):
        if not any(map(str.strip, fields)):
            continue
        if len(fields) != width and not layout.fits(fields):
            raise DataError(
                f"{path}, line {number}: a row of length "
                f"{len(trimmed(fields, layout.least))} under {layout.least} "
                f"columns{_remedy(layout, fields)}"
            )
        yield f"line {number}", [fields[column] for column in chosen]


def _remedy(layout: Layout, fields: list[str]) -> str:
    """The advice for a ragged row."""
    if any('"' in field for field in fields):
        return layout.dialect.remedy
    if len(fields) <= layout.most:
        return "; correct or remove this line"
    sign = layout.dialect.delimiter
    return f"; correct this line: a field with {sign!r} needs quotation marks"
