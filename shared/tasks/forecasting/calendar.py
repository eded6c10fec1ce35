"""The calendar as inputs: periods of the clock and of the year."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from shared.datasets.times.steps import DAY, WEEK, Step
from shared.datasets.times.table import Series
from shared.errors import DataError

YEAR = 365.2425
"""Days of a year of the Gregorian calendar."""


class Period(NamedTuple):
    """A period of the calendar.

    microseconds: its length; fraction: of times (n,), from 0 to 1.
    """

    microseconds: float
    fraction: Callable[[np.ndarray], np.ndarray]


def day_of(ticks: np.ndarray) -> np.ndarray:
    return ticks.astype("datetime64[D]")


def hour_of_day(ticks: np.ndarray) -> np.ndarray:
    return np.asarray((ticks - day_of(ticks)).astype(np.int64) / DAY)


def day_of_week(ticks: np.ndarray) -> np.ndarray:
    """0 on Mondays; day 0 is a Thursday."""
    return np.asarray((day_of(ticks).astype(np.int64) + 3) % 7 / 7)


def day_of_year(ticks: np.ndarray) -> np.ndarray:
    days = day_of(ticks) - ticks.astype("datetime64[Y]")
    return np.asarray(days.astype(np.int64) / YEAR)


PERIODS = {
    "hour of day": Period(DAY, hour_of_day),
    "day of week": Period(WEEK, day_of_week),
    "day of year": Period(YEAR * DAY, day_of_year),
}


def usual_length(step: Step) -> float:
    """Microseconds of a step of the calendar."""
    units = {"microsecond": 1.0, "business day": float(DAY)}
    return step.length * units.get(step.unit, YEAR * DAY / 12)


def calendar_of(name: Any, series: Series) -> tuple[list[str], np.ndarray]:
    """Names and values (n, F) of each period's sine and cosine.

    Of the periods that are longer than the step; DataError if there is none,
    or if the times are no dates.
    """
    if series.ticks.dtype.kind != "M":
        raise DataError(f"{name}: has no dates, so that it has no calendar")
    length = usual_length(series.step)
    names, columns = [], []
    for period, (microseconds, fraction) in PERIODS.items():
        if length < microseconds:
            angles = 2.0 * np.pi * fraction(series.ticks)
            names += [f"sine of {period}", f"cosine of {period}"]
            columns += [np.sin(angles), np.cos(angles)]
    if not columns:
        raise DataError(
            f"{name}: its step of {series.step.words} is no part of a day, "
            "week, or year, so that the calendar says nothing"
        )
    return names, np.stack(columns, axis=1)
