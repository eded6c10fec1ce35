"""Which rows of a series are for training, validation and test."""

import numpy as np

from shared.datasets.times.table import Series
from shared.errors import DataError

SHARES = (0.7, 0.8, 1.0)
"""Ends of training, validation and test where none are agreed."""


def ends_of(rows: int) -> tuple[int, ...]:
    """Ends of training, validation and test of a series without agreed ones."""
    return tuple(int(share * rows) for share in SHARES)


def fold_ends(
    name: str, ends: tuple[int, ...], folds: int, fold: int, horizon: int
) -> tuple[int, int, int]:
    """Ends of training, validation and test of a fold, from 0 on.

    The test rows of a series are cut into as many stretches of one length as
    there are folds. A fold is tested on one of them, validated on as many rows
    before it as without folds, and trained on all rows before these, so that
    its training part grows from fold to fold (Tashman 2000: a rolling origin
    with recalibration).
    """
    first, second, last = ends
    size = (last - second) // folds
    if folds > 1 and size < horizon:
        raise DataError(
            f"{name}: {folds} folds of {last - second:,} test rows have "
            f"{size:,} each, fewer than horizon {horizon}"
        )
    end = last - (folds - 1 - fold) * size
    return end - size - (second - first), end - size, end


def with_returns(name: str, series: Series, columns: tuple[str, ...]) -> Series:
    """The series without its first row, these columns as log returns.

    A return is the logarithm of a value over the one before it; DataError for
    a value that has no logarithm.
    """
    places = [series.columns.index(column) for column in columns]
    chosen = series.values[:, places]
    if (chosen <= 0.0).any():
        row, place = np.argwhere(chosen <= 0.0)[0]
        raise DataError(
            f"{name}: '{columns[place]}' is {chosen[row, place]:g} at "
            f"{series.times[row]}, which has no logarithm; leave --returns out"
        )
    values = series.values[1:].copy()
    values[:, places] = np.diff(np.log(chosen), axis=0)
    return series._replace(
        times=series.times[1:], values=values, ticks=series.ticks[1:]
    )


def rows_needed(window: int, horizon: int) -> int:
    """The shortest series of which each split has a window."""
    rows = max(10 * horizon - 10, window + horizon)
    while True:
        first, second, last = ends_of(rows)
        if (
            first >= window + horizon
            and min(second - first, last - second) >= horizon
        ):
            return rows
        rows += 1


def with_scale(series: Series) -> Series:
    """The series without columns that training could not scale.

    The last column, which is the target, stays.
    """
    rows = ends_of(len(series.values))[0]
    kept = series.values[:rows].std(axis=0) > 0.0
    kept[-1] = True
    names = [n for n, k in zip(series.columns, kept, strict=True) if not k]
    if not names:
        return series
    note = (
        f"columns left out: {', '.join(names)} (the same in the {rows:,} "
        "rows of the training part)"
    )
    return series._replace(
        columns=tuple(n for n in series.columns if n not in names),
        values=series.values[:, kept],
        notes=(*series.notes, note),
    )
