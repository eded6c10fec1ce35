"""The ways to read a column of times, and which of them is right."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from shared.datasets.times.steps import equal_steps, monotone, steps_of
from shared.errors import DataError

SHOWN = 60
"""Characters of a text in a message."""

FAR = 4
"""How many times fewer unusual steps decide between two readings."""

COUNTS = "numbers"
"""The reading of numbers as they are."""

HELP = (
    "--time-format says how times are written, --time-column none takes the "
    "rows as equal steps"
)


class Reading(NamedTuple):
    """One way to read a column.

    words: its name, as --time-format has it;
    ticks: (n,) datetime64[us], or numbers without a calendar;
    bad: (n,) rows that cannot be read so;
    remarks: what is not obvious, for the reader of the data;
    rivals: the names of readings that are as likely, with its own.
    """

    words: str
    ticks: np.ndarray
    bad: np.ndarray
    remarks: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()


class Column(NamedTuple):
    """A column of times: texts (n,), and where in the file each is.

    hint: what helps if a time comes twice.
    """

    path: Path
    name: str
    texts: Sequence[str]
    places: Sequence[str]
    hint: str = ""

    def no_time(self, row: int, words: str = "") -> DataError:
        """The error of a row that has no time."""
        if row > 0:
            words += ", unlike those above: correct or remove this row"
        return self.error(row, f"is no time{words}; {HELP}")

    def error(self, row: int, fault: str) -> DataError:
        return DataError(
            f"{self.path}, {self.places[row]}: '{self.texts[row][:SHOWN]}' in "
            f"column '{self.name}' {fault}"
        )


def choose(column: Column, readings: list[Reading], ranked: bool) -> Reading:
    """The reading that holds for all rows; of several, the most regular.

    ranked: of several regular readings the first is taken, not refused.
    """
    able = [reading for reading in readings if not reading.bad.any()]
    if not able:
        last = max(
            readings, key=lambda one: int(np.argmax(one.bad)), default=None
        )
        row = int(np.argmax(last.bad)) if last else 0
        raise column.no_time(row, f" ({last.words})" if last else "")
    whole = able
    for test in (equal_steps, monotone):
        if len(whole) > 1:
            whole = [r for r in whole if test(r.ticks)] or whole
    if len(whole) > 1 and not ranked:
        whole = clearest(whole)
    names = () if ranked else tuple(reading.words for reading in whole)
    if len(names := names or whole[0].rivals) > 1:
        raise DataError(
            f"{column.path}: the times of column '{column.name}' can be "
            f"{' or '.join(names)}: --time-format says which"
        )
    return doubtful(whole[0], able)


def doubtful(chosen: Reading, able: list[Reading]) -> Reading:
    """A reading that says which option takes another one that is possible."""
    others = [r.words for r in able if r.words not in (chosen.words, COUNTS)]
    if not chosen.remarks or not others:
        return chosen
    first, *rest = chosen.remarks
    first += f" (--time-format {others[0]} if they are not)"
    return chosen._replace(remarks=(first, *rest))


def clearest(readings: list[Reading]) -> list[Reading]:
    """The one with by far the fewest unusual steps, else all."""
    counts = [int((~steps_of(r.ticks).regular).sum()) for r in readings]
    fewest, second = sorted(counts)[:2]
    if FAR * fewest <= second and second:
        return [readings[counts.index(fewest)]]
    return readings


def named(column: Column, readings: list[Reading], words: str) -> Reading:
    """The reading of this name; DataError if a row is not of it."""
    known = {reading.words: reading for reading in reversed(readings)}
    row = 0
    if words in known:
        if not known[words].bad.any():
            return known[words]
        row = int(np.argmax(known[words].bad))
    raise column.error(row, f"is not of --time-format {words}")
