"""Offsets and zones of times."""

import re

import numpy as np

from shared.datasets.times.steps import MINUTE, equal_steps

ABBREVIATIONS = {
    **dict.fromkeys(("z", "utc", "gmt", "wet"), 0),
    **dict.fromkeys(("cet", "bst", "west"), 60),
    **dict.fromkeys(("cest", "eet"), 120),
    **dict.fromkeys(("eest", "msk"), 180),
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
    "jst": 540,
    "kst": 540,
    "aest": 600,
    "aedt": 660,
    "nzst": 720,
    "nzdt": 780,
}
"""Zone -> minutes that it is ahead of UTC, where it has one usual meaning."""

OFFSET = re.compile(r"(?:utc|gmt)?\s?([-+\u2212])(\d{1,2}):?(\d{2})?")


def minutes_ahead(zone: str) -> int | None:
    """Minutes ahead of UTC; None if it is unknown."""
    found = OFFSET.fullmatch(zone)
    if not found:
        return ABBREVIATIONS.get(zone)
    sign, hours, minutes = found.groups()
    total = int(hours) * 60 + int(minutes or 0)
    return total if sign == "+" else -total


def in_one_zone(
    ticks: np.ndarray, zones: np.ndarray
) -> tuple[np.ndarray, np.ndarray, str]:
    """Times of local clocks (n,) in UTC, rows without known zone, a remark.

    One zone for all rows stays as it is. Local times stay if they alone have
    equal steps, as days and months have where clocks are put forward.
    """
    known = {zone: minutes_ahead(zone) for zone in dict.fromkeys(zones.tolist())}
    bad = np.zeros(len(ticks), bool)
    if len(known) == 1:
        return ticks, bad, ""
    bad = np.array([known[zone] is None for zone in zones])
    ahead = np.array([known[zone] or 0 for zone in zones], np.int64)
    there = ticks - ahead * MINUTE
    names = ", ".join(zone.upper() or "none" for zone in known)
    if not equal_steps(there) and equal_steps(ticks):
        return ticks, bad, f"times have the zones {names}: local times are read"
    return there, bad, f"times have the zones {names}: they are read in UTC"
