"""Columns of numbers that count from one instant: Unix seconds, Julian days."""

import re
from typing import NamedTuple

import numpy as np

from shared.datasets.times.readings import Reading
from shared.datasets.times.steps import DAY, SECOND, steps_of

Span = tuple[float, float]
"""The first value of a column that is recognized, and the end of them."""


class Scale(NamedTuple):
    """Numbers that count from an instant on.

    per_day: how many a day has; epoch: the number of 1970-01-01;
    span: the numbers that are recognized; said: what they are, in words.
    """

    per_day: int
    epoch: float
    span: Span
    said: str


def of_seconds(per_second: int, epoch: int, said: str) -> Scale:
    """Recognized from 1973 to 2071; LabVIEW counts seconds above from 1904."""
    span = epoch + 10**8 * per_second, epoch + 32 * 10**8 * per_second
    return Scale(per_second * (DAY // SECOND), epoch, span, said)


SCALES = {
    "unix-seconds": of_seconds(1, 0, "Unix seconds"),
    "unix-milliseconds": of_seconds(10**3, 0, "Unix milliseconds"),
    "unix-microseconds": of_seconds(10**6, 0, "Unix microseconds"),
    "unix-nanoseconds": of_seconds(10**9, 0, "Unix nanoseconds"),
    "dotnet-ticks": of_seconds(
        10**7, 621_355_968 * 10**9, "ticks of .NET, 100 ns from 0001-01-01 on"
    ),
    "windows-filetime": of_seconds(
        10**7, 116_444_736 * 10**9, "Windows file times, from 1601-01-01 on"
    ),
    "serial-days": Scale(
        1, 25_569, (20_000, 73_050), "days of a spreadsheet, from 1899-12-30 on"
    ),
    "julian-days": Scale(
        1, 2_440_587.5, (2_400_000.5, 2_488_070), "Julian days"
    ),
    "modified-julian-days": Scale(
        1, 40_587, (47_483, 73_050), "modified Julian days"
    ),
}
"""Name -> the scale. A spreadsheet's days of before 2030 are no modified Julian
days, unless the column's name says so."""

MODIFIED = re.compile(r"mjd|.*\bmod\w*[\s_-]+jul.*", re.I)
"""The name of a column of modified Julian days."""

REPRESENTED: Span = (-719_162, 2_932_896)
"""Days from 1970-01-01 on of the years 1 to 9999."""

CLOCK = (1, 2, 5, 6, 10, 12, 15, 20, 30)
USUAL = frozenset(
    n * unit
    for unit, counts in {
        SECOND: CLOCK,
        60 * SECOND: CLOCK,
        3600 * SECOND: (1, 2, 3, 4, 6, 8, 12),
        DAY: (1, 7),
    }.items()
    for n in counts
)
"""Microseconds of the steps that series usually have."""


def readings(numbers: np.ndarray, name: str, widely: bool) -> list[Reading]:
    """The readings of a column, (n,) whole or floating numbers.

    name: of the column; widely: of all years, not of recent ones. Of several
    that are possible, the only one with a usual step; else each names the
    others as rivals.
    """
    modified = MODIFIED.fullmatch(name.strip())
    found = []
    for words, scale in SCALES.items():
        first, end = scale.span
        if widely or (modified and words == "modified-julian-days"):
            first, end = (scale.epoch + d * scale.per_day for d in REPRESENTED)
        bad = np.asarray(~((numbers >= first) & (numbers < end)))
        if modified and words == "serial-days" and not widely:
            bad = np.ones_like(bad)
        ticks = instants(scale, np.where(bad, int(scale.epoch), numbers))
        remarks = (f"times are read as {scale.said}",)
        found.append(Reading(words, ticks, bad, remarks))
    able = [one for one in found if not one.bad.any()]
    usual = [one for one in able if steps_of(one.ticks).usual.length in USUAL]
    if len(usual) == 1 and not widely:
        return [*usual, *(one for one in found if one is not usual[0])]
    names = tuple(one.words for one in able)
    return [
        one._replace(rivals=names) if one in able and len(able) > 1 else one
        for one in found
    ]


def instants(scale: Scale, numbers: np.ndarray) -> np.ndarray:
    """Instants (n,), to the microsecond, or of days to the second."""
    if scale.per_day == 1:
        seconds = np.round((numbers - scale.epoch) * (DAY // SECOND))
        micros = seconds * SECOND
    elif numbers.dtype.kind == "i" and scale.per_day >= DAY:
        micros = (numbers - scale.epoch) // (scale.per_day // DAY)
    else:
        micros = np.round((numbers - scale.epoch) * (DAY / scale.per_day))
    return np.asarray(micros.astype(np.int64).astype("M8[us]"))
