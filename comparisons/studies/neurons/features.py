"""Features of a text made by hand, and the units that follow them.

The idea of reading single units is Karpathy, Johnson and Fei-Fei's (2016,
arXiv 1506.02078). A correlation on one text is exploration, not proof: the
best of many units always follows something a little, and by chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

QUOTED = re.compile(r"""("[^"]*)"?|(“[^”]*)”?|(?<!\w)('[^'\n]*)'(?!\w)""")
"""A quotation from its mark to the next; an apostrophe is none."""

QUANTILE = 0.95
"""Of the shifts that say what units reach by chance."""

NEAR = 0.1
"""The share of the text by which a shift must part it from itself."""


class Score(NamedTuple):
    """A feature: its name, and text of T characters -> (T,) float64."""

    words: str
    of: Callable[[str], np.ndarray]


class Detector(NamedTuple):
    """The unit most correlated with a feature: Pearson's r.

    chance: the 95 % quantile of the best unit's r over circular shifts of the
        feature.
    """

    feature: str
    unit: int
    correlation: float
    chance: float


class Search(NamedTuple):
    """Every unit against every varying feature: r (F, H), chance (F,)."""

    features: list[str]
    correlations: np.ndarray
    chance: np.ndarray
    constant: list[str]


def each(holds: Callable[[str], bool]) -> Callable[[str], np.ndarray]:
    """1 at the characters of a kind, 0 at all others."""
    return lambda text: np.array([holds(c) for c in text], np.float64)


def running(step: Callable[[int, str], int]) -> Callable[[str], np.ndarray]:
    """A feature computed by a fold over the characters, starting at 0."""
    return lambda text: np.array(
        list(accumulate(text, step, initial=0))[1:], np.float64
    )


def inside_quotes(text: str) -> np.ndarray:
    """1 from an opening mark to the last character before the closing one."""
    values = np.zeros(len(text))
    for found in QUOTED.finditer(text):
        start, end = found.span(found.lastindex or 0)
        values[start:end] = 1.0
    return values


def line_ends_next(text: str) -> np.ndarray:
    """1 before each end of a line."""
    return each(lambda c: c == "\n")(f"{text} "[1:])


def along(place: int, character: str) -> int:
    """Characters since the last end of a line."""
    return 0 if character == "\n" else place + 1


def in_comment(state: int, character: str) -> int:
    """1 from # to the end of the line."""
    return int(character != "\n" and (state or character == "#"))


def deeper(depth: int, character: str) -> int:
    """Open brackets after a character."""
    return max(0, depth + (character in "([{") - (character in ")]}"))


def indentation(text: str) -> np.ndarray:
    """Leading blanks of the line read so far."""
    values = np.zeros(len(text))
    depth, first = 0, True
    for t, character in enumerate(text):
        first = character == "\n" or (first and character in " \t")
        depth = 0 if character == "\n" else depth + first
        values[t] = depth
    return values


SCORES = {
    "quote": Score("inside quotation marks", inside_quotes),
    "line": Score("position in the line", running(along)),
    "end": Score("the line ends next", line_ends_next),
    "word": Score("inside a word", each(lambda c: c.isalnum() or c == "_")),
    "upper": Score("upper case", each(str.isupper)),
    "vowel": Score("a vowel", each(lambda c: c.lower() in "aeiou")),
    "digit": Score("a digit", each(str.isdigit)),
    "indent": Score("depth of indentation", indentation),
    "bracket": Score("depth of brackets", running(deeper)),
    "comment": Score("after # in a line", running(in_comment)),
}
"""Feature -> what it is after each character has been read."""


def search(h: np.ndarray, marks: Sequence[str]) -> Search:
    """Correlate every unit of h (T, H) with every feature of T tokens."""
    text = "".join(marks)
    values = {n: by_symbol(s.of(text), marks) for n, s in SCORES.items()}
    varied = [name for name, value in values.items() if np.ptp(value) > 0]
    units = standard(h)  # (T, H)
    found = [shifted(standard(values[name]), units) for name in varied]
    return Search(
        varied,
        np.array([r[0] for r in found]).reshape(len(varied), h.shape[1]),
        np.array([by_chance(r) for r in found]),
        [name for name in values if name not in varied],
    )


def detectors(found: Search) -> list[Detector]:
    """The best unit for each feature, the strongest correlation first."""
    best = np.abs(found.correlations).argmax(axis=1)  # (F,)
    rows = [
        Detector(name, int(unit), float(r[unit]), float(chance))
        for name, unit, r, chance in zip(
            found.features, best, found.correlations, found.chance, strict=True
        )
    ]
    return sorted(rows, key=lambda row: -abs(row.correlation))


def followed(found: Search, unit: int) -> tuple[str, float]:
    """The feature most correlated with a unit, and the correlation."""
    place = int(np.abs(found.correlations[:, unit]).argmax())
    return found.features[place], float(found.correlations[place, unit])


def by_symbol(values: np.ndarray, marks: Sequence[str]) -> np.ndarray:
    """Means over the characters of each token: (characters,) -> (T,)."""
    lengths = np.array([len(mark) for mark in marks])
    starts = np.cumsum(lengths) - lengths
    means: np.ndarray = np.add.reduceat(values, starts) / lengths
    return means


def standard(values: np.ndarray) -> np.ndarray:
    """Mean 0 and variance 1 over T: (T, ...); constants become 0."""
    centred = values - values.mean(axis=0)
    spread = centred.std(axis=0)
    scaled: np.ndarray = centred / np.where(spread > 0, spread, 1.0)
    return scaled


def shifted(feature: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Correlations (T, H) of a feature (T,) shifted by 0, 1, ..., T - 1."""
    steps = np.arange(len(feature))
    places = (steps[:, None] + steps) % len(feature)  # (T, T)
    r: np.ndarray = feature[places] @ units / len(feature)
    return r


def by_chance(r: np.ndarray) -> float:
    """Quantile over shifts of the best unit's |r|: r (T, H)."""
    apart = max(1, int(NEAR * len(r)))
    best = np.abs(r[apart : len(r) - apart + 1]).max(axis=1)
    return float(np.quantile(best, QUANTILE))
