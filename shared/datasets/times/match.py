"""The one pattern of all rows of a column of times, and what it cuts out."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from shared.datasets.times.patterns import PATTERNS

ZEROS = str.maketrans("123456789", "0" * 9)
LONGEST = 6
"""Digits of a number that are read: microseconds of a second."""

RANGES = (re.compile(r"\s+(?:-|\u2013|to)\s+"), re.compile(r"\s*/\s*"))
"""Between the ends of a range, the first also where dates have slashes."""

CLOCKS = re.compile(
    r"(.*\d:\d{2})(?:\s+[-\u2013]\s+|\s*\u2013\s*)\d{1,2}:\d{2}(?::\d{2})?"
)
"""A time of a day with the end of its hour."""

EASTERN = str.maketrans(
    {
        **dict.fromkeys("\u5e74\u6708\ub144\uc6d4", "-"),
        **dict.fromkeys("\u65e5\uc77c\u202f\u00a0", " "),
        **dict.fromkeys("\u65f6\u6642\uc2dc\u5206\ubd84", ":"),
        **dict.fromkeys("\u79d2\ucd08", ""),
    }
)
"""Parts of a time in Chinese, Japanese and Korean, narrow and hard blanks."""

HALVES = {
    **dict.fromkeys(("\u4e0a\u5348", "\uc624\uc804", "\u5348\u524d"), " am "),
    **dict.fromkeys(("\u4e0b\u5348", "\uc624\ud6c4", "\u5348\u5f8c"), " pm "),
}
"""Halves of the day in these languages."""

OF_YEAR = re.compile(r"(?<=\d{4})\s?[\u0433\u0440]\.?(?=[\s,]|$)")
"""What follows a year in Russian and Ukrainian."""

COMMA = re.compile(r"\d{4,5},\d+")
"""A year or a day of a spreadsheet with a decimal comma."""

END = re.compile(r"\d+\.(?:\d+\.)?")
"""A whole number, or a day and a month, with a point behind."""

AROUND = "'\"[] "


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
    found = Matches(name, {}, {}, {})
    for number, cut in enumerate(cuts.values()):
        rows = np.flatnonzero(kinds == number)
        signs = np.array([texts[row] for row in rows.tolist()])
        codes = signs.view(np.uint32).reshape(len(rows), -1)
        for group, text in cut.groupdict().items():
            if text is None or group == "s":
                continue
            if not text.isdecimal():
                none = np.full(len(texts), "", object)
                found.words.setdefault(group, none)[rows] = text.lower().strip()
                continue
            end = cut.start(group) + min(len(text), LONGEST)
            part = codes[:, cut.start(group) : end].astype(np.int64) - ord("0")
            zero = np.zeros(len(texts), np.int64)
            powers = 10 ** np.arange(part.shape[1])[::-1]
            found.numbers.setdefault(group, zero.copy())[rows] = part @ powers
            found.widths.setdefault(group, zero.copy())[rows] = part.shape[1]
    return found


def plain(texts: Sequence[str]) -> list[str]:
    """Texts in Latin signs; the first of a range such as 'a - b' or 'a/b'."""
    plain = [text if text.isascii() else latin(text) for text in texts]
    if any(plain[0].startswith(sign) for sign in "'\"["):
        plain = [text.strip(AROUND) for text in plain]
    if COMMA.fullmatch(plain[0]):
        plain = [text.replace(",", ".") for text in plain]
    plain = [
        text if END.fullmatch(text) else text.rstrip(". ") for text in plain
    ]
    for range_ in RANGES:
        ends = list(map(len, range_.split(plain[0])))
        if len(ends) == 2 and ends[0] == ends[1] > 6:
            return [range_.split(text)[0] for text in plain]
    if CLOCKS.fullmatch(plain[0]):
        plain = [CLOCKS.sub(r"\1", text) for text in plain]
    return plain


def latin(text: str) -> str:
    """A text in lower case, its parts as in English."""
    text = unicodedata.normalize("NFKC", text).lower()
    for word, half in HALVES.items():
        text = text.replace(word, half)
    text = re.sub(r"\d", lambda digit: str(int(digit[0])), text)
    return OF_YEAR.sub("", text.translate(EASTERN)).strip().rstrip("-: ")
