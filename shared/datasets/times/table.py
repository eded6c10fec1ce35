"""A series in a table: its times, its columns of numbers, its gaps."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from shared.datasets.times.columns import (
    NO_TIME,
    duplicate_hint,
    joined,
    parts_of,
)
from shared.datasets.times.formats import AUTO
from shared.datasets.times.reach import Reach, check_reach
from shared.datasets.times.readings import Column
from shared.datasets.times.recognize import read_times
from shared.datasets.times.steps import Step, steps_of
from shared.errors import DataError
from shared.files.tables.format import TableFormat
from shared.files.tables.numerals import column_values
from shared.files.tables.places import Places
from shared.files.tables.reading import header_notes, read_rows, settled

FILLS: dict[str, Callable[[Any], Any]] = {
    "linear": lambda series: series.interpolate(limit_direction="both"),
    "last": lambda series: series.ffill().bfill(),
}
"""Name -> how pandas fills the gaps of a series, also those at its ends."""

UNEVEN = Step("number", 0)


class Series(NamedTuple):
    """Values (n, D) at times, possibly unequally spaced.

    columns: D names; notes: remarks on the rows for the reader; step: the
        usual one of the times; ticks: (n,) instants or numbers of the times,
        the numbers of the rows without times.
    """

    times: Sequence[str]
    columns: tuple[str, ...]
    values: np.ndarray
    notes: tuple[str, ...]
    step: Step = UNEVEN
    ticks: np.ndarray = np.empty(0)


class Texts(NamedTuple):
    """The rows of a table as they are written.

    columns: name -> its texts (n,); places: where each row is; notes: remarks
        on the header.
    """

    path: Path
    times: list[str]
    columns: Mapping[str, Sequence[str]]
    places: Sequence[str]
    form: TableFormat
    notes: Sequence[str] = ()

    def values(self, name: str) -> tuple[np.ndarray, list[str]]:
        """Values of a column (n,), NaN where missing, and remarks."""
        texts = self.columns[name]
        return column_values(
            str(self.path), name, self.places, texts, self.form
        )


def read_series(
    path: Path,
    time: str,
    columns: tuple[str, ...],
    form: TableFormat,
    fill: str,
    more: Reach = (),
) -> Series:
    """The rows of a table by their times; DataError in one line.

    time: a column, or several to join; more: see `in_order`.
    """
    texts = read_texts(path, parts_of(time), columns, form)
    pairs = {name: texts.values(name) for name in columns}
    return in_order(texts, parts_of(time), pairs, fill, AUTO, more=more)


def read_texts(
    path: Path,
    time: tuple[str, ...],
    columns: tuple[str, ...],
    form: TableFormat,
) -> Texts:
    """The rows of these columns; no times if there is no column of them."""
    wanted = (*time, *columns)
    notes = header_notes(path, wanted, form)
    form = settled(path, wanted, form)
    places = Places()
    parts: list[list[str]] = [[] for _ in wanted]
    for place, fields in read_rows(path, wanted, form):
        places.append(place)
        for column, field in zip(parts, fields, strict=True):
            column.append(field)
    if not places:
        raise DataError(f"{path} has no rows")
    times = joined(time, parts[: len(time)], len(places))
    named = dict(zip(columns, parts[len(time) :], strict=True))
    return Texts(path, times, named, places, form, notes)


def in_order(
    texts: Texts,
    time: tuple[str, ...],
    pairs: dict[str, tuple[np.ndarray, list[str]]],
    fill: str,
    time_format: str,
    names: Sequence[str] = (),
    more: Reach = (),
) -> Series:
    """The series in the order of its times.

    pairs: column -> its values and remarks; names: those of all columns of the
        file; more: columns that end with the series, but for some rows.
    """
    path, times, places = texts.path, texts.times, texts.places
    values = np.stack([found for found, _ in pairs.values()], axis=1)
    notes = [*texts.notes]
    step, ticks = UNEVEN, np.arange(1.0, len(times) + 1)
    if time != NO_TIME:
        hint = duplicate_hint(time, names)
        column = Column(path, ",".join(time), times, places, hint)
        ticks, order, remarks = read_times(column, time_format)
        notes += remarks
        step = steps_of(ticks).usual
        values = values[order]
        if not isinstance(order, slice) or order.step:
            times = np.array(times, object)[order].tolist()
            places = np.array(places, object)[order].tolist()
    values = np.ascontiguousarray(values)
    lacks = dict(more)
    for (name, (_, said)), own in zip(pairs.items(), values.T, strict=True):
        if name in lacks:
            check_reach(path, name, own, times, lacks[name])
        notes += [*said, *fill_gaps(path, name, own, places, fill)]
    return Series(times, tuple(pairs), values, tuple(notes), step, ticks)


def fill_gaps(
    path: Path, name: str, values: np.ndarray, places: Sequence[str], fill: str
) -> list[str]:
    """Fill missing values of a column (n,) in place, and note how many."""
    gaps = np.isnan(values)
    if not gaps.any():
        return []
    if gaps.all():
        raise DataError(f"{path}: column '{name}' has no value in any row")
    if fill == "none":
        first = places[int(np.argmax(gaps))]
        raise DataError(
            f"{path}, {first}: no value in column '{name}' (and in "
            f"{int(gaps.sum()) - 1} other rows); --fill linear or --fill "
            "last puts some in"
        )
    import pandas

    values[:] = FILLS[fill](pandas.Series(values))
    return [
        f"{int(gaps.sum())} of {len(values):,} values of {name} are "
        f"missing and filled in ({fill})"
    ]
