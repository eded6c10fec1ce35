"""The order of times: newest first, repeated, changed clocks, gaps."""

import numpy as np

from shared.datasets.times.readings import Column
from shared.datasets.times.steps import Steps, clock_changes, steps_of

MOST = 0.9
"""Share of the steps that tell the order of the rows."""


def falls(ticks: np.ndarray) -> bool:
    """Whether the newest time is first, but for repeated hours."""
    falling = np.diff(ticks).astype(np.float64) < 0
    return bool(falling.sum() > MOST * len(falling))


def check_order(column: Column, ticks: np.ndarray) -> list[str]:
    """Notes on clocks and gaps; DataError for a time that does not follow."""
    steps = steps_of(ticks)
    changes = clock_changes(ticks, steps)
    wrong = (steps.lengths <= 0) & ~changes
    if wrong.any():
        raise wrong_order(column, int(np.argmax(wrong)) + 1, ticks)
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


def wrong_order(column: Column, row: int, ticks: np.ndarray) -> Exception:
    before, place = column.texts[row - 1], column.places[row - 1]
    if ticks[row] == ticks[row - 1]:
        return column.error(row, f"is the time of {place} too{column.hint}")
    return column.error(
        row, f"does not come after '{before}' of {place}{column.hint}"
    )
