"""The one pattern of all rows of a column of times, and what it cuts out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from shared.datasets.times.patterns import PATTERNS

ZEROS = str.maketrans("123456789", "0" * 9)
LONGEST = 6
"""Digits of a number that are read: microseconds of a second."""

RANGE = r"(?:\s*/\s*|\s+(?:-|\u2013|to)\s+)"
EASTERN = str.maketrans(
    {"\u5e74": "-", "\u6708": "-", "\u65e5": " ", "\u202f": " ", "\u00a0": " "}
)
"""Year, month and day of Chinese and Japanese, narrow and hard blanks."""


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
    plain = [
        text
        if text.isascii()
        else text.lower().translate(EASTERN).strip().rstrip("-")
        for text in texts
    ]
    first = re.split(RANGE, plain[0])
    if len(first) == 2 and len(first[0]) == len(first[1]) > 6:
        plain = [re.split(RANGE, text)[0] for text in plain]
    return plain
