"""Which rows of a series are for training, validation and test."""

from shared.datasets.times.table import Series

SHARES = (0.7, 0.8, 1.0)
"""Ends of training, validation and test where none are agreed."""


def ends_of(rows: int) -> tuple[int, ...]:
    """Ends of training, validation and test of a series without agreed ones."""
    return tuple(int(share * rows) for share in SHARES)


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
