"""The series of a table in wide form, which has a column for each time."""

from collections.abc import Sequence
from pathlib import Path

from shared.datasets.times.columns import NO_TIME, TARGET, parts_of
from shared.datasets.times.numbers import NUMBER
from shared.datasets.times.table import Texts
from shared.datasets.wide.names import (
    YEAR,
    Wide,
    known_span,
    month_of_row,
    wide_form,
)
from shared.errors import DataError, unknown
from shared.files.tables.columns import positions
from shared.files.tables.format import TableFormat
from shared.files.tables.reading import read_rows

SHOWN = 3
"""Rows that a message names."""

HEADER = ("header",)
"""What errors call the column of the times."""

Row = tuple[str, dict[str, str]]
"""Where a row is, and its fields by column."""


def in_rows(
    path: Path,
    form: TableFormat,
    names: Sequence[str],
    time: str,
    target: str,
    every: bool,
) -> tuple[Texts, tuple[str, ...]] | None:
    """The series of a table that has no column of it, as `read_wide`.

    None if it has one. Rows of a series each lack a column of times; rows of a
    year or a day have one, but none of the values.
    """
    if form.header == "none" or positions(names, [target]):
        return None
    wide = wide_form(names)
    known = positions(names, parts_of(time)) is not None
    if wide is None or (known and not wide.part):
        return None
    if known:
        first, *_ = parts_of(time)
        keys = (first, *(key for key in wide.keys if key != first))
        wide = wide._replace(keys=keys)
    found = read_wide(path, form, wide, target, every)
    if found and not found[0].times:
        raise DataError(f"{path}: a series has no value in any column")
    return found


def read_wide(
    path: Path, form: TableFormat, wide: Wide, target: str, every: bool
) -> tuple[Texts, tuple[str, ...]] | None:
    """The texts of the target, or of every series, and the column of times.

    None where columns are counted and no text distinguishes the rows.
    DataError, which names the option, unless the target is one row.
    """
    names = (*wide.keys, *wide.columns)
    rows = [
        (place, dict(zip(names, fields, strict=True)))
        for place, fields in read_rows(path, names, form)
    ]
    if not rows:
        raise DataError(f"{path} has no rows")
    counted = set(wide.columns.values()) == {""}
    keys = wide.keys or (names[:1] if counted else ())
    if counted and not any(map(_is_text, (rows[0][1][key] for key in keys))):
        return None
    if wide.part or (keys and month_of_row(rows[0][1][keys[0]])):
        return _one_series(path, form, wide, rows, target), HEADER
    columns = {n: time for n, time in wide.columns.items() if n not in keys}
    chosen = rows if every else [_row_of(path, rows, keys, target)]
    series = {
        label: [own[name] for name in columns]
        for label, (_, own) in zip(_labels(chosen, keys, target), chosen)
    }
    missing = [list(map(form.is_missing, own)) for own in series.values()]
    span = known_span(missing)
    times = list(columns.values())[span]
    places = [f"column '{name}'" for name in columns][span]
    series = {label: own[span] for label, own in series.items()}
    notes = [f"a row a series, its {len(columns):,} values in columns"]
    if left := len(columns) - len(times):
        notes += [f"left out: {left:,} empty columns at the ends of the series"]
    texts = Texts(path, times, series, places, form, notes)
    return texts, NO_TIME if counted else HEADER


def _is_text(cell: str) -> bool:
    return bool(cell.strip()) and not NUMBER.fullmatch(cell.strip())


def _row_of(
    path: Path, rows: Sequence[Row], keys: Sequence[str], target: str
) -> Row:
    """The row of the target: one cell of its keys, or several with commas."""
    if len(rows) == 1 and target == TARGET:
        return rows[0]
    cells = [[own[key].strip() for key in keys] for _, own in rows]
    parts = {part.strip() for part in target.split(",")}
    for fits in (
        [row for row, own in zip(rows, cells) if target in own],
        [row for row, own in zip(rows, cells) if parts <= {*own}],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise DataError(
                f"{path}: a row is a series, and {len(fits):,} rows hold "
                f"'{target}', such as {fits[0][0]} and {fits[1][0]}: "
                f"--target-column names one by several of its cells, "
                f"'{_name(fits[0], keys)}'"
            )
    texts = {cell for own in cells for cell in own if _is_text(cell)}
    if target != TARGET:
        raise DataError(
            f"{path}: {unknown('row', target, texts)} "
            "(a row is a series: --target-column names one of its cells)"
        )
    shown = ", ".join(f"'{_name(row, keys)}'" for row in rows[:SHOWN])
    raise DataError(
        f"{path}: its columns are times, a row is a series: --target-column "
        f"names the one that is read, such as {shown}; --multivariate on reads "
        f"all {len(rows):,}"
    )


def _name(row: Row, keys: Sequence[str]) -> str:
    cells = (row[1][key].strip() for key in keys)
    return ",".join(dict.fromkeys(filter(None, cells)))


def _labels(rows: Sequence[Row], keys: Sequence[str], target: str) -> list[str]:
    """A name for each series: the texts of the first key that differ."""
    if len(rows) == 1:
        return [target if target != TARGET else _name(rows[0], keys) or target]
    for key in keys:
        cells = [own[key].strip() for _, own in rows]
        if all(map(_is_text, cells)) and len(set(cells)) == len(cells):
            return cells
    return [f"{_name(row, keys)} ({row[0]})" for row in rows]


def _one_series(
    path: Path,
    form: TableFormat,
    wide: Wide,
    rows: Sequence[Row],
    target: str,
) -> Texts:
    """A row a year or a day, or a row a month under columns of years."""
    key, join = wide.keys[0], " " if wide.part == "hour" else "-"
    found = []
    for place, own in rows:
        for name, time in wide.columns.items():
            where = f"{place}, column '{name}'"
            long, part = own[key].strip(), time
            if not wide.part:
                long, part = time, month_of_row(own[key])
            if year := YEAR.fullmatch(long):
                long = year["year"]
            found.append((f"{long}{join}{part}", own[name], where))
    if not wide.part:
        found.sort(key=lambda cell: cell[0])
    elif len(rows) > 1 and rows[0][1][key] > rows[-1][1][key]:
        size = len(wide.columns)
        found = [
            cell
            for begin in range(len(found) - size, -1, -size)
            for cell in found[begin : begin + size]
        ]
    found = found[known_span([[form.is_missing(text) for _, text, _ in found]])]
    part = wide.part or "month"
    notes = [f"a table of {part}s: read as one series, {part} after {part}"]
    if others := wide.keys[1:]:
        notes.append(f"columns left out: {', '.join(others)}")
    times, values, places = ([cell[i] for cell in found] for i in range(3))
    return Texts(path, times, {target: values}, places, form, notes)
