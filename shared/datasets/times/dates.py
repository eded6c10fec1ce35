"""Columns of dates and times with separators or names."""

from collections.abc import Iterator, Mapping

import numpy as np

from shared.datasets.times.calendar import PIVOT, Fields, centuries, instants
from shared.datasets.times.match import Matches
from shared.datasets.times.readings import Reading
from shared.datasets.times.steps import monotone
from shared.datasets.times.words import MONTHS, ROMAN
from shared.datasets.times.zones import in_one_zone

NUMERIC = {
    "day/month/year": {"d": "a", "m": "b", "y": "c"},
    "month/day/year": {"m": "a", "d": "b", "y": "c"},
    "year/month/day": {"y": "a", "m": "b", "d": "c"},
}
ROMANS = {
    "year/quarter": {"y": "y", "q": "r"},
    "year/month": {"y": "y", "m": "r"},
}
PARTS = {
    "year/month": {"y": "y", "m": "p"},
    "year/quarter": {"y": "y", "q": "p"},
    "year/week": {"y": "y", "w": "p"},
    "year/day": {"y": "y", "j": "p"},
    "year/half": {"y": "y", "half": "p"},
    "year/third": {"y": "y", "third": "p"},
}
WEEKS = {
    "year/week": {"y": "y", "w": "w"},
    "year/quarter": {"y": "y", "q": "w"},
    "year/half": {"y": "y", "half": "w"},
}
TRIMESTERS = {
    "year/quarter": {"y": "y", "q": "q"},
    "year/third": {"y": "y", "third": "q"},
}
ORDERS = {
    "abc": NUMERIC,
    "yp": PARTS,
    "py": PARTS,
    "yr": ROMANS,
    "ry": ROMANS,
    # kw is also a quarter in Dutch, sem half a year in French.
    "yw": WEEKS,
    "wy": WEEKS,
    "ytq": TRIMESTERS,
    "tqy": TRIMESTERS,
    "dry": {"day/month/year": {"d": "d", "m": "r", "y": "y"}},
    "ab": {
        "year/month": {"y": "a", "m": "b"},
        "month/year": {"m": "a", "y": "b"},
    },
}
"""Pattern -> name of an order -> field of the calendar -> group."""

RANKED = ("yp", "py", "yr", "ry", "yw", "wy", "ytq", "tqy")
"""Patterns of which the first regular order is the usual one."""

KNOWN = {
    "d": "day",
    "m": "month",
    "q": "quarter",
    "half": "half",
    "w": "week",
    "wd": "day",
    "y": "year",
}
"""Field that a pattern itself names -> its word."""


AGAIN = {
    "q2": "q",
    "w2": "w",
    "half2": "half",
    "cH": "H",
    "cM": "M",
    "cS": "S",
    "cf": "f",
}
"""Group -> the group that is its other place in a pattern."""


def readings(matches: Matches) -> list[Reading]:
    """The readings of rows that one pattern matches."""
    matches = calendar_groups(matches)
    if "e" in matches.numbers:
        return list(spans(matches))
    if matches.name in ORDERS and "wd" not in matches.numbers:
        orders = dict(ORDERS[matches.name])
        if "p" in matches.widths and matches.widths["p"].max() < 3:
            orders.pop("year/day")
    elif "c" in matches.numbers:
        orders = NUMERIC
    else:
        fields = [name for name in KNOWN if name in matches.numbers]
        if matches.name.startswith(("y", "compact")):
            fields.reverse()
        words = "/".join(KNOWN[name] for name in fields)
        orders = {words: {name: name for name in fields}}
    found = [in_order(matches, words, orders[words]) for words in orders]
    if len(found) > 1:
        usual = found[0].words if matches.name in RANKED else ""
        found = [
            reading._replace(remarks=(said(reading.words), *reading.remarks))
            if reading.words != usual
            else reading
            for reading in found
        ]
    if matches.name == "ab":
        found = [in_turn(reading) for reading in found]
    return [*spans(matches), *found]


def in_turn(reading: Reading) -> Reading:
    """No reading of two-digit years that go to and fro: these are days."""
    if monotone(reading.ticks):
        return reading
    return reading._replace(bad=np.ones_like(reading.bad))


def said(words: str) -> str:
    return f"times are read as {words}"


def calendar_groups(matches: Matches) -> Matches:
    """Numbers of named months, and one group for what has two places."""
    numbers, widths = dict(matches.numbers), matches.widths
    if "name" in matches.words:
        found = matches.words["name"]
        numbers["m"] = np.array([MONTHS[name] for name in found])
    if "roman" in matches.words:
        found = matches.words["roman"]
        numbers["r"] = np.array([ROMAN[name] for name in found])
    if "ap2" in matches.words:
        words = matches.words
        both = words.pop("ap2")
        words["ap"] = both + words["ap"] if "ap" in words else both
    for name, group in AGAIN.items():
        if name in numbers:
            empty = np.zeros_like(numbers[name])
            numbers[group] = numbers.pop(name) + numbers.get(group, empty)
            widths[group] = widths.pop(name) + widths.get(group, empty)
    return matches._replace(numbers=numbers)


def spans(matches: Matches) -> Iterator[Reading]:
    """Years written as 2000/01, 2000/2001 or FY2000."""
    if "e" in matches.numbers:
        years, ends = matches.numbers["y"], matches.numbers["e"]
        bad = (matches.widths["e"] > 0) & (ends % 100 != (years + 1) % 100)
        one = in_order(matches, "year", {"y": "y"})
        yield one._replace(bad=bad, remarks=(said("years"), *one.remarks))
    if matches.name == "yp" and len(matches.numbers["y"]) > 2:
        years, ends = matches.numbers["y"], matches.numbers["p"]
        ticks, _ = instants({"y": years})
        bad = ends != (years + 1) % 100
        yield Reading("year", ticks, bad, (said("years"),))


def in_order(matches: Matches, words: str, order: Mapping[str, str]) -> Reading:
    """One reading, in UTC if the offsets differ.

    Years of two digits are those from 1969 on, or, if only this keeps the
    order of the rows, from the first or the last one on.
    """
    fields = {field: matches.numbers[group] for field, group in order.items()}
    fields |= clock_fields(matches)
    years, widths = fields["y"], matches.widths[order["y"]]
    short = widths == 2
    remarks: tuple[str, ...] = ()
    if (widths == 1).any() or not short.any():
        ticks, bad = instants(fields)
    else:
        for pivot in (PIVOT, int(years[0]), int(years[-1]), PIVOT):
            full = np.where(short, centuries(years, pivot), years)
            ticks, bad = instants(fields | {"y": full})
            if monotone(ticks):
                break
        first, last = int(full.min()), int(full.max())
        span = f"{first}" if first == last else f"{first} to {last}"
        remarks = (f"years are read as {span}",)
    zoned = in_one_zone(ticks, matches.numbers, matches.words)
    ticks, unknown, remark = zoned
    bad, remarks = bad | unknown, (*remarks, *filter(None, [remark]))
    return Reading(words, ticks, bad, remarks)


def clock_fields(matches: Matches) -> Fields:
    """Hours (of 24), minutes, seconds and microseconds of the rows."""
    numbers = matches.numbers
    fields = {name: numbers[name] for name in "HMS" if name in numbers}
    if "f" in numbers:
        fields["us"] = numbers["f"] * 10 ** (6 - matches.widths["f"])
    if "ap" in matches.words:
        half = np.array([word[:1] for word in matches.words["ap"]])
        hour = fields["H"]
        hour = np.where((half == "a") & (hour == 12), 0, hour)
        fields["H"] = hour + 12 * ((half == "p") & (hour < 12))
    return fields
