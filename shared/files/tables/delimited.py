"""Rows of delimited fields: CSV, TSV and their kin."""

from collections.abc import Iterator, Sequence
from itertools import dropwhile, islice
from pathlib import Path

from shared.errors import DataError
from shared.files.kinds import check_table
from shared.files.tables.columns import check_columns, one_column
from shared.files.tables.dialect import Row, parse, table_lines
from shared.files.tables.format import TableFormat
from shared.files.tables.header_rows import NUMBER
from shared.files.tables.layout import Layout, trimmed
from shared.files.tables.recognize import SAMPLE, find_layout

NO_TABLES = {
    '[{"': "JSON; a name that ends in .json says so",
    '{"': "JSON; a name that ends in .jsonl says so",
}
"""How a file begins -> what it is that is no table."""

TOTALS = {
    *("total", "totals", "grand total", "sum", "sums", "summe", "gesamt"),
    *(
        "insgesamt",
        "totale",
        "totaal",
        "suma",
        "soma",
        "\u0438\u0442\u043e\u0433\u043e",
    ),
    *("\u0432\u0441\u0435\u0433\u043e", "\u5408\u8ba1", "\u603b\u8ba1"),
}
"""How a row of totals begins."""

AGAIN = "the names of the columns come again; remove this line"


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
    check_table(path, (line for _, line in sample))
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
    advice = "; --header none reads a file without a header"
    place = f"line {layout.first}"
    advised = advice if layout.headless else ""
    advised += one_column(layout.names)
    chosen = check_columns(path, place, layout.names, columns, advised)
    total: tuple[str, list[str]] | None = None
    for number, fields in _rows(path, layout, form):
        if total:
            yield total
        row = f"line {number}", [fields[column] for column in chosen]
        total = row if is_total(fields) else None
        if not total:
            yield row
    if total:
        raise DataError(
            f"{path}, {total[0]}: the last row holds totals; remove this line"
        )


def _rows(path: Path, layout: Layout, form: TableFormat) -> Iterator[Row]:
    """The rows under the header, each with as many fields as it needs."""
    lines = table_lines(path, form.encoding)
    lines = dropwhile(lambda line: line[0] < layout.first, lines)
    headed, width = form.header == "first", layout.most
    ruled = headed
    rows = parse(path, lines, layout.dialect)
    for number, fields in islice(rows, int(headed), None):
        rule = is_rule(fields) and (ruled or "+" in fields[0])
        if rule or not any(map(str.strip, fields)):
            continue
        ruled = False
        if headed and fields == layout.names and len(fields) > 1:
            raise DataError(f"{path}, line {number}: {AGAIN}")
        if len(fields) != width and not layout.fits(fields):
            raise DataError(
                f"{path}, line {number}: a row of length "
                f"{len(trimmed(fields, layout.least))} under {layout.least} "
                f"columns{_remedy(layout, fields)}"
            )
        yield number, fields


def is_total(fields: list[str]) -> bool:
    """Whether a row says that it sums the others up, in numbers."""
    known = [field.strip() for field in fields if field.strip()]
    first = known[0].casefold().rstrip(":")
    return first in TOTALS and all(map(NUMBER.fullmatch, known[1:]))


def is_rule(fields: list[str]) -> bool:
    """Whether a row is a drawn line, as in Markdown and by databases."""
    signs = "".join(fields)
    return "---" in signs and not signs.strip(" :+|-")


def _remedy(layout: Layout, fields: list[str]) -> str:
    """The advice for a ragged row."""
    if any('"' in field for field in fields):
        return layout.dialect.remedy
    if len(fields) <= layout.most:
        return "; correct or remove this line"
    sign = layout.dialect.delimiter
    return f"; correct this line: a field with {sign!r} needs quotation marks"
