"""How a column of times is written: one pattern for all of its rows."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAY = (
    r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)"
    r"(?:day)?\.?,?\s*)?"
)
DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
FULL, YEAR = r"(?P<y>\d{4})", r"(?P<y>\d{4}|\d{1,2})"
GAP = r"[-/.,:'\s]*"
CLOCK = (
    r"(?P<H>\d{1,2})(?:[:.h](?P<M>\d{2})(?:[:.](?P<S>\d{2})"
    r"(?:[.,](?P<f>\d+))?)?|h)?\s*(?P<ap>[ap]\.?\s?m\b\.?)?"
)
COMPACT = r"(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})?(?:[.,](?P<f>\d+))?"
ZONE = (
    r"\s*(?P<z>z|(?:utc|gmt)?\s?[-+\u2212]\d{1,2}(?::?\d{2})?|[a-z]{2,5}"
    r"|[a-z]+/[a-z_/]+)?(?:\s*[\[(][^\])]*[\])])?"
)

DATES = {
    "ymd": FULL + r"(?P<s>[-/.\s_])\s?(?P<m>\d{1,2})(?P=s)\s?(?P<d>\d{1,2})",
    "compact": FULL + r"(?P<m>\d{2})(?P<d>\d{2})(?=[\sT_])",
    "abc": r"(?P<a>\d{1,2})(?P<s>[-/.\s])\s?(?P<b>\d{1,2})(?P=s)\s?"
    r"(?P<c>\d{4}|\d{2})",
    "dny": DAY + GAP + r"(?:of\s)?" + NAME + GAP + YEAR,
    "ndy": NAME + r"[-/.\s]*" + DAY + r"[-/,\s]+" + FULL,
    "ynd": FULL + GAP + NAME + GAP + DAY,
    "ny": NAME + GAP + YEAR,
    "yn": YEAR + GAP + NAME,
    "yq": YEAR + GAP + r"q(?P<q>\d)",
    "qy": r"(?:q(?P<q>\d)|(?P<q2>\d)\.?\s?q)" + GAP + YEAR,
    "yw": FULL + GAP + r"(?:w|kw|week)\s?(?P<w>\d{1,2})(?:-?(?P<wd>\d))?",
    "wy": r"(?:w|kw|week)\s?(?P<w>\d{1,2})" + GAP + FULL,
    "ycode": FULL + GAP + r"m(?P<m>\d{1,2})",
    "yhalf": FULL + GAP + r"[hs](?P<half>\d)",
    "yp": FULL + r"[-/.:\s](?P<p>\d{1,3})",
    "py": r"(?P<p>\d{1,2})[-/.:\s]" + FULL,
    "ab": r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})",
}
"""Name -> a date: y, m, d, q, w of the calendar; a, b, c in an order to find;
p is a part of a year to find."""

TIME = rf"(?:[T\s_,:]+(?:{CLOCK}|{COMPACT.replace('P<', 'P<c')}){ZONE})?"
RANGE = r"(?:\s*/\s*|\s+(?:-|\u2013|to)\s+)"


FLAGS = re.IGNORECASE | re.ASCII


def pattern(date: str) -> re.Pattern[str]:
    return re.compile(WEEKDAY + date + TIME, FLAGS)


PATTERNS = {
    **{name: pattern(date) for name, date in DATES.items()},
    "ctime": re.compile(
        rf"{WEEKDAY}{NAME}\s+{DAY},?\s+{CLOCK}{ZONE}\s+{FULL}", FLAGS
    ),
    "hdate": re.compile(
        rf"{CLOCK},?\s+(?:{DATES['abc']}|{DATES['dny']})", FLAGS
    ),
}


class Matches(NamedTuple):
    """What the groups of one pattern match in n rows.

    numbers, widths: group -> its digits as a number, and how many: (n,), 0
        where it matches nothing;
    words: group -> its letters, in lower case: (n,).
    """

    name: str
    numbers: dict[str, np.ndarray]
    widths: dict[str, np.ndarray]
    words: dict[str, np.ndarray]


def match(texts: Sequence[str]) -> Matches | int:
    """What the pattern of all rows matches, else the first row it does not.

    A pattern does not look at the values of digits, so that all rows that
    differ in these alone are cut alike.
    """
    shapes = [text.translate(ZEROS) for text in texts]
    kinds = dict.fromkeys(shapes)
    best: dict[str, re.Match[str]] = {}
    for name, known in PATTERNS.items():
        found = {}
        for shape in kinds:
            if not (cut := known.fullmatch(shape)):
                break
            found[shape] = cut
        if len(found) == len(kinds):
            return cut_rows(name, texts, shapes, found)
        best = max(best, found, key=len)
    return next(row for row, shape in enumerate(shapes) if shape not in best)


def cut_rows(
    name: str,
    texts: Sequence[str],
    shapes: Sequence[str],
    cuts: dict[str, re.Match[str]],
) -> Matches:
    """The groups of all rows: shape by shape, all rows of it at once."""
    order = {shape: number for number, shape in enumerate(cuts)}
    kinds = np.array([order[shape] for shape in shapes])
    signs = np.array(texts)
    found = Matches(name, {}, {}, {})
    for number, cut in enumerate(cuts.values()):
        rows = np.flatnonzero(kinds == number)
        codes = signs[rows].astype(f"U{len(cut.string)}").view(np.uint32)
        digits = codes.reshape(len(rows), -1).astype(np.int64) - ord("0")
        for group, text in cut.groupdict().items():
            if text is None or group == "s":
                continue
            if not text.isdecimal():
                none = np.full(len(texts), "", object)
                found.words.setdefault(group, none)[rows] = text.lower().strip()
                continue
            end = cut.start(group) + min(len(text), LONGEST)
            part = digits[:, cut.start(group) : end]
            zero = np.zeros(len(texts), np.int64)
            powers = 10 ** np.arange(part.shape[1])[::-1]
            found.numbers.setdefault(group, zero.copy())[rows] = part @ powers
            found.widths.setdefault(group, zero.copy())[rows] = part.shape[1]
    return found


ZEROS = str.maketrans("123456789", "0" * 9)
LONGEST = 6
"""Digits of a number that are read: microseconds of a second."""

EASTERN = str.maketrans(
    {"\u5e74": "-", "\u6708": "-", "\u65e5": " ", "\u202f": " ", "\u00a0": " "}
)
"""Year, month and day of Chinese and Japanese, narrow and hard blanks."""


def plain(texts: Sequence[str]) -> list[str]:
    """Texts in Latin signs; the first of a range such as 'a - b' or 'a/b'."""
    plain = [
        text if text.isascii() else text.translate(EASTERN).strip().rstrip("-")
        for text in texts
    ]
    first = re.split(RANGE, plain[0])
    if len(first) == 2 and len(first[0]) == len(first[1]) > 6:
        plain = [re.split(RANGE, text)[0] for text in plain]
    return plain
