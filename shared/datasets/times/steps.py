"""The step of a series: of the calendar, of the clock, or of numbers."""

from typing import NamedTuple

import numpy as np

SECOND = 10**6
MINUTE, HOUR, DAY = 60 * SECOND, 3600 * SECOND, 24 * 3600 * SECOND
WEEK = 7 * DAY

CLOCK = {
    "week": WEEK,
    "day": DAY,
    "hour": HOUR,
    "minute": MINUTE,
    "second": SECOND,
    "millisecond": 1000,
    "microsecond": 1,
}
"""Unit -> microseconds."""

ROUNDED = 0.02
"""Share of a step by which rounded numbers may differ."""


class Steps(NamedTuple):
    """The steps of a series of n times.

    unit: of `lengths`: "month", "business day", "microsecond" or "number";
    lengths: (n - 1,), 0 or less where a time does not follow;
    usual: the most frequent length.
    """

    unit: str
    lengths: np.ndarray
    usual: float

    @property
    def regular(self) -> np.ndarray:
        """Whether each step is the usual one: (n - 1,)."""
        if self.lengths.dtype.kind == "i":
            return np.asarray(self.lengths == self.usual)
        off = np.abs(self.lengths - self.usual)
        return np.asarray(off <= ROUNDED * abs(self.usual))

    @property
    def words(self) -> str:
        """The usual step, such as '1 month' or '30 minutes'."""
        number, unit = self.usual, self.unit
        if unit == "month" and number % 12 == 0:
            number, unit = number // 12, "year"
        elif unit == "month" and number == 3:
            number, unit = 1, "quarter"
        elif unit == "microsecond":
            unit = next(n for n, size in CLOCK.items() if number % size == 0)
            number //= CLOCK[unit]
        if unit == "number":
            return f"{number:g}"
        return f"{number:g} {unit}{'s' * (abs(number) != 1)}"


def steps_of(ticks: np.ndarray) -> Steps:
    """The steps of times, in the unit in which they are most regular.

    ticks: (n,) datetime64[us], or numbers without a calendar.
    """
    lengths = np.diff(ticks)
    if lengths.dtype.kind != "m":
        whole = bool((ticks == np.floor(ticks)).all())
        if not whole:
            return Steps("number", lengths, float(np.median(lengths)))
        return Steps("number", lengths.astype(np.int64), usual(lengths))
    lengths = lengths.astype(np.int64)
    clock = Steps("microsecond", lengths, usual(lengths))
    if len(ticks) < 3 or clock.regular.all():
        return clock
    months = np.diff(ticks.astype("datetime64[M]").astype(np.int64))
    if (months > 0).all() or (months < 0).all():
        return Steps("month", months, usual(months))
    days = ticks.astype("datetime64[D]")
    midnight = len(np.unique(ticks - days)) == 1
    if midnight and abs(clock.usual) == DAY and np.is_busday(days).all():
        counts = np.busday_count(days[:-1], days[1:])
        return Steps("business day", counts, usual(counts))
    return clock


def usual(lengths: np.ndarray) -> int:
    """The most frequent length; 0 if there is none."""
    values, counts = np.unique(lengths, return_counts=True)
    return int(values[np.argmax(counts)]) if len(values) else 0


def monotone(ticks: np.ndarray) -> bool:
    """Whether times only rise, or only fall."""
    lengths = np.diff(ticks).astype(np.float64)
    return bool((lengths > 0).all() or (lengths < 0).all())


def equal_steps(ticks: np.ndarray) -> bool:
    steps = steps_of(ticks)
    return bool(steps.regular.all()) and steps.usual != 0


def clock_changes(ticks: np.ndarray, steps: Steps) -> np.ndarray:
    """Where local clocks were put back or forward by an hour: (n - 1,).

    A time may come again in a night of a week-end of spring or autumn; a whole
    hour may come again on any day.
    """
    none = np.zeros(len(steps.lengths), bool)
    if steps.unit != "microsecond" or not 0 < steps.usual <= HOUR:
        return none
    later = ticks[1:]
    hour = (later - later.astype("datetime64[D]")).astype(np.int64) // HOUR
    weekday = (later.astype("datetime64[D]").astype(np.int64) + 3) % 7
    month = later.astype("datetime64[M]").astype(np.int64) % 12 + 1
    night = ((weekday == 6) & (hour <= 3)) | ((weekday == 5) & (hour == 23))
    switch = night & np.isin(month, (2, 3, 4, 9, 10, 11))
    lengths = steps.lengths
    back = (lengths <= 0) & (lengths >= -HOUR)
    again = (lengths == steps.usual - HOUR) & (lengths < 0)
    forward = (lengths == steps.usual + HOUR) & switch
    return np.asarray((back & switch) | again | forward)
