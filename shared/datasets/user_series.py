"""A series in a table of the user's own, or of the catalogue."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from shared.errors import DataError
from shared.fields import option
from shared.files.table_format import TableFormat
from shared.files.tables import read_rows
from shared.files.user_file import UserNumbers

MISSING = {"", "nan", "na", "null", "none", "."}
"""How tables say that there is no value."""

FILLS: dict[str, Callable[[Any], Any]] = {
    "linear": lambda series: series.interpolate(limit_direction="both"),
    "last": lambda series: series.ffill().bfill(),
}
"""Name -> how pandas fills the gaps of a series, also those at its ends."""


@dataclass(frozen=True)
class UserSeries(UserNumbers):
    time_column: str = option("time", "column of the times in that file")
    target_column: str = option("value", "column that is forecast")
    fill: str = option(
        "none",
        "missing values: none is allowed, linear interpolation, or the last "
        "value repeated",
        choices=("none", "linear", "last"),
    )


class Series(NamedTuple):
    """Values (n, D) at times, possibly unequally spaced.

    columns: D names; notes: remarks on the rows for the reader.
    """

    times: list[str]
    columns: tuple[str, ...]
    values: np.ndarray
    notes: tuple[str, ...]


def read_series(
    path: Path,
    time: str,
    columns: tuple[str, ...],
    encoding: str,
    fill: str,
    ordered: bool = True,
) -> Series:
    """The rows of a table in their order; DataError in one line.

    ordered: refuse a time that is not later than the previous one.
    """
    times, places, rows = [], [], []
    for place, (when, *found) in read_rows(
        path, (time, *columns), TableFormat(encoding)
    ):
        times.append(when.strip())
        places.append(place)
        rows.append(
            [
                number_of(path, place, name, text)
                for name, text in zip(columns, found, strict=True)
            ]
        )
    if not rows:
        raise DataError(f"{path} has no rows")
    values = np.array(rows, np.float64)
    notes = steps_note(path, time, times, places) if ordered else []
    for column, name in enumerate(columns):
        notes += fill_gaps(path, name, values[:, column], places, fill)
    return Series(times, columns, values, tuple(notes))


def fill_gaps(
    path: Path, name: str, values: np.ndarray, places: list[str], fill: str
) -> list[str]:
    """Fill missing values of a column (n,) in place, and note how many."""
    gaps = np.isnan(values)
    if not gaps.any():
        return []
    if fill == "none" or gaps.all():
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


def number_of(path: Path, place: str, name: str, text: str) -> float:
    """Value of a field, NaN if empty; DataError if it is not a number."""
    if text.strip().lower() in MISSING:
        return math.nan
    try:
        value = float(text)
    except ValueError:
        raise DataError(
            f"{path}, {place}: '{text}' in column '{name}' is no number"
        ) from None
    if not math.isfinite(value):
        raise DataError(f"{path}, {place}: '{text}' in column '{name}'")
    return value


def steps_note(
    path: Path, time: str, times: list[str], places: list[str]
) -> list[str]:
    """A note on irregular steps; DataError if a time repeats."""
    import pandas

    found = pandas.to_datetime(
        pandas.Series(times), errors="coerce", format="mixed"
    )
    if found.isna().any():
        row = int(np.argmax(found.isna()))
        raise DataError(
            f"{path}, {places[row]}: '{times[row]}' in column '{time}' is no "
            "time"
        )
    steps = found.diff().iloc[1:]
    if len(steps) and not (steps > pandas.Timedelta(0)).all():
        row = int(np.argmax(steps <= pandas.Timedelta(0))) + 1
        raise DataError(
            f"{path}, {places[row]}: time '{times[row]}' does not come after "
            f"'{times[row - 1]}'"
        )
    usual = steps.mode()
    other = int((steps != usual.iloc[0]).sum()) if len(usual) else 0
    if not other:
        return []
    row = int(np.argmax(steps != usual.iloc[0])) + 1
    return [
        f"{other:,} of {len(steps):,} steps are not the usual "
        f"{usual.iloc[0]}, the first before {times[row]} ({places[row]}); "
        "rows are read as equal steps"
    ]
