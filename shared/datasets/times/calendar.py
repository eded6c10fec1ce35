"""Fields of a calendar as instants."""

import numpy as np

PIVOT = 69
"""Two digits below it are years from 2000 on, as POSIX reads them."""

Fields = dict[str, np.ndarray]
"""Name -> whole numbers (n,): y, m, d, q, third, half, w, wd, j (day of the
year), H, M, S, us; absent fields are the first of their kind."""


def instants(fields: Fields) -> tuple[np.ndarray, np.ndarray]:
    """Instants (n,) datetime64[us], and which rows are none: (n,)."""
    year = fields["y"]
    zero = np.zeros_like(year)
    months, bad = zero, zero.astype(bool)
    for name, count in (("m", 12), ("q", 4), ("third", 3), ("half", 2)):
        if name in fields:
            part = fields[name]
            months = (part - 1) * (12 // count)
            bad = bad | (part < 1) | (part > count)
    first = (year - 1970) * 12 + np.where(bad, 0, months)
    month = first.astype("datetime64[M]")
    day = month.astype("datetime64[D]") + (fields.get("d", zero + 1) - 1)
    if "d" in fields:
        bad = bad | (day.astype("datetime64[M]") != month)
    if "j" in fields:
        day = day + (fields["j"] - 1)
        bad = bad | (day.astype("datetime64[Y]") != month.astype("M8[Y]"))
    if "w" in fields:
        day, wrong = weeks(year, fields["w"], fields.get("wd", zero + 1))
        bad = bad | wrong
    seconds, wrong = clock(fields, zero)
    micros = seconds * 10**6 + fields.get("us", zero)
    return day.astype("datetime64[us]") + micros, bad | wrong


def clock(fields: Fields, zero: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Seconds since midnight (n,), and which rows are no time of the day.

    24:00 is the midnight that ends the day, 23:59:60 a leap second.
    """
    hour, minute, second = (fields.get(name, zero) for name in "HMS")
    bad = (hour > 24) | (minute > 59) | (second > 60)
    bad |= (hour == 24) & (minute + second > 0)
    return hour * 3600 + minute * 60 + second, bad


def weeks(
    year: np.ndarray, week: np.ndarray, weekday: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Days of ISO 8601 weeks (n,), and which weeks their year lacks.

    Week 1 is that of January 4; weeks begin on Mondays.
    """

    def monday(year: np.ndarray) -> np.ndarray:
        january = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]")
        fourth = january + 3
        return np.asarray(fourth - (fourth.astype(np.int64) + 3) % 7)

    day = monday(year) + (week - 1) * 7
    bad = (week < 1) | (day >= monday(year + 1))
    bad |= (weekday < 1) | (weekday > 7)
    return day + (weekday - 1), bad


def centuries(years: np.ndarray, pivot: int = PIVOT) -> np.ndarray:
    """Years (n,) of two digits as those from 1900 + pivot on."""
    return np.asarray(1900 + (years - pivot) % 100 + pivot)
