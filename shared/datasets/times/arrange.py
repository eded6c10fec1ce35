"""The order of times: newest first, repeated, changed clocks, gaps."""

import numpy as np

from shared.datasets.times.readings import Column
from shared.datasets.times.steps import Steps, clock_changes, steps_of
from shared.errors import DataError

MOST = 0.9
"""Share of the steps that show the order of the rows."""


def falls(ticks: np.ndarray) -> bool:
    """Whether the newest time is first, but for repeated hours."""
    falling = np.diff(ticks).astype(np.float64) < 0
    return bool(falling.sum() > MOST * len(falling))


def sorting(
    column: Column, ticks: np.ndarray
) -> tuple[np.ndarray | slice, list[str]]:
    """What sorts the rows by time, and a note if they are not sorted."""
    if falls(ticks):
        backward = slice(None, None, -1)
        return backward, ["the newest row is first: rows are sorted by time"]
    wrong = disordered(ticks, steps_of(ticks))
    if not wrong.any() or len(np.unique(ticks)) < len(ticks):
        return slice(None), []
    return np.argsort(ticks, kind="stable"), [
        f"{int(wrong.sum()):,} of {len(wrong):,} steps go back in time, the "
        f"first to {place(column, wrong)}: rows are sorted by time"
    ]


def disordered(ticks: np.ndarray, steps: Steps) -> np.ndarray:
    """Steps (n - 1,) that do not go forward, but for changes of clocks."""
    return np.asarray((steps.lengths <= 0) & ~clock_changes(ticks, steps))


def check_order(column: Column, ticks: np.ndarray) -> list[str]:
    """Notes on clocks and gaps; DataError for a time that comes twice."""
    steps = steps_of(ticks)
    changes = clock_changes(ticks, steps)
    wrong = disordered(ticks, steps)
    if wrong.any():
        raise repeated(column, ticks, wrong)
    notes = []
    if changes.any():
        notes.append(
            f"clocks are put back or forward before "
            f"{place(column, changes)}: rows are read as they follow"
        )
    return notes + gap_notes(column, steps, changes)


def gap_notes(column: Column, steps: Steps, known: np.ndarray) -> list[str]:
    gaps = ~steps.regular & ~known
    if not gaps.any():
        return []
    return [
        f"{int(gaps.sum()):,} of {len(gaps):,} steps are not the usual "
        f"{steps.usual.words}, the first before {place(column, gaps)}; "
        "rows are read as equal steps"
    ]


def place(column: Column, marked: np.ndarray) -> str:
    row = int(np.argmax(marked)) + 1
    return f"{column.texts[row]} ({column.places[row]})"


def repeated(column: Column, ticks: np.ndarray, wrong: np.ndarray) -> DataError:
    """The error of a time that comes twice, maybe in rows out of order."""
    order = np.argsort(ticks, kind="stable")
    again = np.flatnonzero(ticks[order][1:] == ticks[order][:-1])
    row = int(order[again + 1].min()) if len(again) else int(wrong.argmax()) + 1
    before = int(np.flatnonzero(ticks == ticks[row])[0])
    return column.error(
        row,
        f"is the time of {column.places[before]} too{column.hint}; a file "
        "holds one series, and --time-column none takes its rows as equal "
        "steps",
    )
