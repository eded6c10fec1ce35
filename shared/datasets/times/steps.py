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

EXACT = 2.0**53
"""Whole numbers below it are exact."""

ROUNDED = 0.02
"""Share of a step by which rounded numbers may differ."""


class Step(NamedTuple):
    """The distance of two times, as many units as `length` says.

    unit: "month", "business day", "microsecond", or "number" of no calendar.
    """

    unit: str
    length: float

    @property
    def words(self) -> str:
        """Such as '1 month' or '30 minutes'."""
        number, unit = self.length, self.unit
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


class Steps(NamedTuple):
    """The steps of a series of n times.

    lengths: in the unit of the usual one, which is the most frequent:
        (n - 1,), 0 or less where a time does not follow.
    """

    usual: Step
    lengths: np.ndarray

    @property
    def regular(self) -> np.ndarray:
        """Whether each step is the usual one: (n - 1,)."""
        if self.lengths.dtype.kind == "i":
            return np.asarray(self.lengths == self.usual.length)
        off = np.abs(self.lengths - self.usual.length)
        return np.asarray(off <= ROUNDED * abs(self.usual.length))


def steps_of(ticks: np.ndarray) -> Steps:
    """The steps of times, in the unit in which they are most regular.

    ticks: (n,) datetime64[us], or numbers without a calendar.
    """
    lengths = np.diff(ticks)
    if lengths.dtype.kind != "m":
        exact = np.abs(ticks).max(initial=0.0) < EXACT
        if exact and (ticks == np.floor(ticks)).all():
            return _steps("number", lengths.astype(np.int64))
        usual = float(np.median(lengths)) if len(lengths) else 0.0
        return Steps(Step("number", usual), lengths)
    clock = _steps("microsecond", lengths.astype(np.int64))
    if len(ticks) < 3 or clock.regular.all():
        return clock
    months = np.diff(ticks.astype("datetime64[M]").astype(np.int64))
    if (months > 0).all() or (months < 0).all():
        return _steps("month", months)
    days = ticks.astype("datetime64[D]")
    midnight = len(np.unique(ticks - days)) == 1
    daily = abs(clock.usual.length) == DAY
    if midnight and daily and np.is_busday(days).all():
        return _steps("business day", np.busday_count(days[:-1], days[1:]))
    return clock


def _steps(unit: str, lengths: np.ndarray) -> Steps:
    values, counts = np.unique(lengths, return_counts=True)
    usual = int(values[np.argmax(counts)]) if len(values) else 0
    return Steps(Step(unit, usual), lengths)


def monotone(ticks: np.ndarray) -> bool:
    """Whether times only rise, or only fall."""
    lengths = np.diff(ticks).astype(np.float64)
    return bool((lengths > 0).all() or (lengths < 0).all())


def equal_steps(ticks: np.ndarray) -> bool:
    steps = steps_of(ticks)
    return bool(steps.regular.all()) and steps.usual.length != 0


def clock_changes(ticks: np.ndarray, steps: Steps) -> np.ndarray:
    """Where local clocks were put back or forward by an hour: (n - 1,).

    A time may come again in a night of a week-end of spring or autumn; a whole
    hour may come again on any day.
    """
    none = np.zeros(len(steps.lengths), bool)
    unit, usual = steps.usual
    if unit != "microsecond" or not 0 < usual <= HOUR:
        return none
    later = ticks[1:]
    hour = (later - later.astype("datetime64[D]")).astype(np.int64) // HOUR
    weekday = (later.astype("datetime64[D]").astype(np.int64) + 3) % 7
    month = later.astype("datetime64[M]").astype(np.int64) % 12 + 1
    night = ((weekday == 6) & (hour <= 3)) | ((weekday == 5) & (hour == 23))
    switch = night & np.isin(month, (2, 3, 4, 9, 10, 11))
    lengths = steps.lengths
    back = (lengths <= 0) & (lengths >= -HOUR)
    again = (lengths == usual - HOUR) & (lengths < 0)
    forward = (lengths == usual + HOUR) & switch
    return np.asarray((back & switch) | again | forward)
