"""Tables in wide form: which columns are times, months or hours."""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from shared.datasets.times.match import match, plain
from shared.datasets.times.numbers import NUMBER
from shared.datasets.times.readings import Column
from shared.datasets.times.recognize import read_times
from shared.datasets.times.words import MONTHS
from shared.errors import DataError

FEWEST = 4
"""Columns of times by which a table is in wide form."""

OF_R = re.compile(r"X(?=\d)")
"""What R puts before a name that begins with a digit."""

DIGIT = re.compile(r"\d")
COUNTED = re.compile(r"(?P<word>[^\d]*?)(?P<number>\d+)")
"""A column of the value after so many steps, such as V2 and d_1913."""

HOUR = re.compile(r"(?:he?|hour|hr)?[\s_]?(?P<hour>\d{1,2})(?::00|h)?", re.I)
"""A column of an hour of the day, such as H1, 01:00 and 13."""

YEAR = re.compile(r"X?(?P<year>\d{4})(?:\.0)?")


class Wide(NamedTuple):
    """A table with a column for each time, or for each part of a longer one.

    columns: those of the values -> their time, their month or their hour, or
        "" where they are counted; keys: the others; part: "month" or "hour"
        where a row holds a year or a day, else "".
    """

    columns: dict[str, str]
    keys: tuple[str, ...]
    part: str = ""


def wide_form(names: Sequence[str]) -> Wide | None:
    """How the columns of these names are times; None if they are none."""
    for columns, part in (
        (months_of(names), "month"),
        (hours_of(names), "hour"),
        (times_of(names), ""),
        (counts_of(names), ""),
    ):
        keys = tuple(name for name in names if name not in columns)
        counted = set(columns.values()) == {""}
        dates = not part and not any(map(NUMBER.fullmatch, columns))
        if columns and (keys or counted or dates):
            return Wide(columns, keys, part)
    return None


def months_of(names: Sequence[str]) -> dict[str, str]:
    """The columns of twelve months -> 01 to 12; none if one is missing."""
    found = {
        name: f"{MONTHS[short]:02}"
        for name in names
        if (short := name.casefold().rstrip(".")) in MONTHS
    }
    return found if sorted(found.values()) == MONTH_NUMBERS else {}


MONTH_NUMBERS = [f"{month:02}" for month in range(1, 13)]


def hours_of(names: Sequence[str]) -> dict[str, str]:
    """The columns of 24 hours -> 00:00 to 23:00; none if one is missing.

    Hours that are counted from 1 to 24 begin at 00:00.
    """
    found = {
        name: int(match["hour"])
        for name in names
        if (match := HOUR.fullmatch(name))
    }
    hours = sorted(found.values())
    if len(hours) != 24 or hours not in (HOURS, HOURS_FROM_1):
        return {}
    return {name: f"{hour - hours[0]:02}:00" for name, hour in found.items()}


HOURS, HOURS_FROM_1 = [*range(24)], [*range(1, 25)]


def times_of(names: Sequence[str]) -> dict[str, str]:
    """The columns whose names are times of the calendar, at least half."""
    texts = {
        name: OF_R.sub("", name)
        for name in names
        if DIGIT.search(name) and is_time(name)
    }
    if len(texts) < max(FEWEST, len(names) / 2):
        return {}
    try:
        found = read_times(_column([*texts.values()]))
    except DataError:
        return {}
    return texts if found.ticks.dtype.kind == "M" else {}


def is_time(name: str) -> bool:
    """Whether a name alone may be a time, in any order of day and month."""
    text, *_ = plain([OF_R.sub("", name)])
    if NUMBER.fullmatch(text):
        return float(text) >= 1000
    return not isinstance(match([text]), int)


def counts_of(names: Sequence[str]) -> dict[str, str]:
    """The columns that count steps by one word, at least half of all."""
    matches = [(name, COUNTED.fullmatch(name)) for name in names]
    found = [(name, match) for name, match in matches if match]
    if len(found) < max(2 * FEWEST, len(names) / 2):
        return {}
    words = {match["word"] for _, match in found}
    numbers = [int(match["number"]) for _, match in found]
    steady = all(later == one + 1 for one, later in pairwise(numbers))
    return (
        dict.fromkeys((n for n, _ in found), "")
        if (len(words) == 1 and words != {""} and steady)
        else {}
    )


def _column(texts: Sequence[str]) -> Column:
    return Column(Path("header"), "names", texts, texts)


def month_of_row(cell: str) -> str:
    """The month that a cell names, as 01 to 12; "" if it names none."""
    number = MONTHS.get(cell.strip().casefold().rstrip("."), 0)
    return f"{number:02}" if number else ""


def known_span(missing: Sequence[Sequence[bool]]) -> slice:
    """The part of n times between the first and the last known value.

    missing: (D, n), of D series.
    """
    known = np.flatnonzero(~np.array(missing).all(axis=0))
    return slice(int(known[0]), int(known[-1]) + 1) if len(known) else slice(0)
