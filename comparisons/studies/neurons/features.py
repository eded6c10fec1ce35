"""Features of a text that a single unit may follow.

The idea is Karpathy, Johnson and Fei-Fei's (2016, arXiv 1506.02078).
"""

import re
from collections.abc import Callable
from itertools import accumulate
from typing import NamedTuple

import numpy as np

QUOTED = re.compile(r"""("[^"]*)"?|(“[^”]*)”?|(?<!\w)('[^'\n]*)'(?!\w)""")
"""A quotation from its mark to the next; an apostrophe is none."""

Values = Callable[[str], np.ndarray]
"""Text of T characters -> (T,) float64, after each has been read."""


class Feature(NamedTuple):
    text: str
    values: Values


def each(holds: Callable[[str], bool]) -> Values:
    """1 at the characters of a kind, 0 at all others."""
    return lambda text: np.array([holds(c) for c in text], np.float64)


def running(step: Callable[[int, str], int]) -> Values:
    """A feature computed by a fold over the characters, starting at 0."""
    return lambda text: np.array(
        list(accumulate(text, step, initial=0))[1:], np.float64
    )


def inside_quotes(text: str) -> np.ndarray:
    """1 from an opening mark to the last character before the closing one."""
    values = np.zeros(len(text))
    for found in QUOTED.finditer(text):
        values[slice(*found.span(found.lastindex or 0))] = 1.0
    return values


def line_ends_next(text: str) -> np.ndarray:
    return np.array([c == "\n" for c in f"{text} "[1:]], np.float64)


def line_position(position: int, character: str) -> int:
    return 0 if character == "\n" else position + 1


def in_comment(state: int, character: str) -> int:
    return int(character != "\n" and (state or character == "#"))


def bracket_depth(depth: int, character: str) -> int:
    return max(0, depth + (character in "([{") - (character in ")]}"))


def indentation(text: str) -> np.ndarray:
    """Leading blanks of the line read so far."""
    starts = [line.rpartition("\n")[2] for line in accumulate(text)]
    blanks = [len(start) - len(start.lstrip(" \t")) for start in starts]
    return np.array(blanks, np.float64)


FEATURES = {
    "quote": Feature("inside quotation marks", inside_quotes),
    "line": Feature("position in the line", running(line_position)),
    "end": Feature("the line ends next", line_ends_next),
    "word": Feature("inside a word", each(lambda c: c.isalnum() or c == "_")),
    "upper": Feature("upper case", each(str.isupper)),
    "vowel": Feature("a vowel", each(lambda c: c.lower() in "aeiou")),
    "digit": Feature("a digit", each(str.isdigit)),
    "indent": Feature("depth of indentation", indentation),
    "bracket": Feature("depth of brackets", running(bracket_depth)),
    "comment": Feature("after # in a line", running(in_comment)),
}
