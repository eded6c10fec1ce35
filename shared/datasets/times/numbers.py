"""Columns of numbers that are times: years, months, scales, counts."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from shared.datasets.times import scales
from shared.datasets.times.calendar import Fields, centuries, instants
from shared.datasets.times.readings import Reading
from shared.datasets.times.steps import monotone, steps_of

NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?", re.I | re.A)

DAY_MONTH = re.compile(r"\d{2}\.\d{2}")

YEARS, RECENT = (1000, 3000), (1900, 2100)
YMD = "year/month/day"
COMPACT: dict[int, dict[str, str]] = {
    5: {"year/quarter": "yyyyq", "year/half": "yyyyh"},
    6: {
        "year/month": "yyyymm",
        "year/week": "yyyyww",
        YMD: "YYmmdd",
        "year/quarter": "yyyyqq",
    },
    7: {"year/day": "yyyyjjj"},
    8: {
        YMD: "yyyymmdd",
        "day/month/year": "ddmmyyyy",
        "month/day/year": "mmddyyyy",
    },
    10: {YMD: "yyyymmddHH"},
    12: {YMD: "yyyymmddHHMM"},
    14: {YMD: "yyyymmddHHMMSS"},
}
"""Digits -> name -> the field of each digit; YY is a year of two digits, h
half a year."""


def all_numbers(texts: Sequence[str]) -> bool:
    return all(map(NUMBER.fullmatch, texts))


def first_other(texts: Sequence[str]) -> int:
    """The row of the first text that is no number; 0 if that is the first."""
    numbers = map(NUMBER.fullmatch, texts)
    return next(row for row, number in enumerate(numbers) if not number)


def readings(
    texts: Sequence[str], name: str = "", widely: bool = False
) -> list[Reading]:
    """The readings of a column of numbers, the most specific first.

    name, widely: see `scales.readings`.
    """
    if all(text.endswith(".0") for text in texts):
        texts = [text[:-2] for text in texts]
    floats = np.array([float(text) for text in texts])
    numbers, widths = floats, {0}
    if all(text.isdecimal() for text in texts) and floats.max() < 2**63:
        numbers = np.array([int(text) for text in texts], np.int64)
        widths = set(map(len, texts))
    return [
        *(compact(max(widths), numbers) if len(widths) == 1 else ()),
        *scales.readings(numbers, name, widely),
        *short_years(floats, widths),
        *of_years(texts, floats),
        *month_first(texts),
        *counts(texts, floats),
    ]


def compact(width: int, numbers: np.ndarray) -> Iterator[Reading]:
    """Readings of numbers such as 199501 and 20230131."""
    for words, layout in COMPACT.get(width, {}).items():
        fields: Fields = {}
        for name in dict.fromkeys(layout):
            later = width - layout.rindex(name) - 1
            size = layout.count(name)
            fields[name] = numbers // 10**later % 10**size
        if "h" in fields:
            fields["half"] = fields.pop("h")
        if "Y" in fields:
            fields["y"] = centuries(fields["Y"])
        ticks, bad = instants(fields)
        bad = bad | outside(fields["y"], RECENT if "j" in fields else YEARS)
        usual = layout in ("yyyymm", "yyyymmdd")
        remarks = () if usual else (f"times are read as {words}",)
        yield Reading(words, ticks, bad, remarks)


def of_years(texts: Sequence[str], floats: np.ndarray) -> Iterator[Reading]:
    """Readings of 1995, of 1995.01 as a month, and of 1995.083."""
    bad, year = outside(floats, YEARS), np.floor(floats)
    if bad.all():
        return
    years = np.where(bad, 1970, year).astype(np.int64)
    ticks, _ = instants({"y": years})
    yield Reading("year", ticks, bad | (floats != year))
    ends = [text.partition(".")[2] for text in texts]
    for words, field, width in (
        ("year/quarter", "q", 1),
        ("year/day", "j", 3),
    ):
        if {len(end) for end in ends} == {width} and "".join(ends).isdecimal():
            parts = np.array(list(map(int, ends)))
            ticks, wrong = instants({"y": years, field: parts})
            wrong = bad | wrong | (parts < 1)
            yield Reading(words, ticks, wrong, (f"times are read as {words}",))
    # 1995.1 is October where a program has dropped the zero of 1995.10.
    months = [int(e.ljust(2, "0")) if e.isdecimal() else 0 for e in ends]
    ticks, wrong = instants({"y": years, "m": np.array(months)})
    remark = ("times are read as year/month",)
    yield Reading("year/month", ticks, bad | wrong, remark)
    # Both 1995.0 and 1995.042, its middle, are January.
    count = np.floor(np.where(bad, 1970, floats) * 12 + 0.25) - 1970 * 12
    ticks = count.astype(np.int64).astype("M8[M]").astype("M8[us]")
    regular = steps_of(ticks).regular
    rough = not monotone(ticks) or regular.sum() < 0.9 * len(regular)
    remark = ("times are read as years with decimals",)
    yield Reading("decimal-years", ticks, bad | rough, remark)


def short_years(floats: np.ndarray, widths: set[int]) -> Iterator[Reading]:
    """Readings of 98, 99, 00, which do not rise as numbers."""
    if widths == {2} and not monotone(floats):
        years = centuries(floats.astype(np.int64))
        ticks, bad = instants({"y": years})
        bad = bad | (not monotone(ticks))
        remark = f"years are read as {years.min()} to {years.max()}"
        yield Reading("year", ticks, bad, (remark,))


def month_first(texts: Sequence[str]) -> Iterator[Reading]:
    """Readings of 01.1995 and 1.1995."""
    parts = [text.partition(".")[::2] for text in texts]
    if all(len(y) == 4 and m.isdecimal() for m, y in parts):
        months = np.array([int(month) for month, _ in parts])
        years = np.array([int(year) for _, year in parts])
        ticks, bad = instants({"y": years, "m": months})
        remark = ("times are read as month/year",)
        bad = bad | outside(years, YEARS)
        yield Reading("month/year", ticks, bad, remark)


def counts(texts: Sequence[str], floats: np.ndarray) -> Iterator[Reading]:
    """Numbers as they are, but for days without a year, such as 31.01."""
    if monotone(floats) or not all(map(DAY_MONTH.fullmatch, texts)):
        yield Reading("numbers", floats, ~np.isfinite(floats))


def outside(values: np.ndarray, limits: tuple[int, int]) -> np.ndarray:
    least, most = limits
    return np.asarray(~((values >= least) & (values < most)))
