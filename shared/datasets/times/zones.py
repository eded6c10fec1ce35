"""Offsets and zones of times."""

from collections.abc import Mapping

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


def in_one_zone(
    ticks: np.ndarray,
    numbers: Mapping[str, np.ndarray],
    words: Mapping[str, np.ndarray],
) -> tuple[np.ndarray, np.ndarray, str]:
    """Times of local clocks (n,) in UTC, rows without known zone, a remark.

    One zone for all rows stays as it is. Local times stay if they alone have
    equal steps, as days and months have where clocks are put forward.
    """
    bad = np.zeros(len(ticks), bool)
    if "sign" not in words and len(set(words.get("z", ()))) < 2:
        return ticks, bad, ""
    ahead, bad = minutes_ahead(len(ticks), numbers, words)
    if (ahead == ahead[0]).all():
        return ticks, bad, ""
    there = ticks - ahead * MINUTE
    if not equal_steps(there) and equal_steps(ticks):
        return ticks, bad, "times have several offsets: local times are read"
    return there, bad, "times have several offsets: they are read in UTC"


def minutes_ahead(
    rows: int,
    numbers: Mapping[str, np.ndarray],
    words: Mapping[str, np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """Minutes ahead of UTC (n,), and the rows where they are unknown."""
    ahead, known = np.zeros(rows, np.int64), np.zeros(rows, bool)
    if "z" in words:
        found = [ABBREVIATIONS.get(zone) for zone in words["z"]]
        known = np.array([minutes is not None for minutes in found])
        ahead += np.array([minutes or 0 for minutes in found])
    if "sign" in words:
        size = numbers["zh"] * 60 + numbers.get("zm", 0)
        ahead += np.where(words["sign"] == "+", size, -size)
        known |= words["sign"] != ""
    return ahead, ~known
