"""The shape of a word: its capitals, small letters, digits, and marks."""

from collections.abc import Iterator
from itertools import groupby

LONGEST = 2
"""Characters of a run of one kind: one differs from several."""


def word_shape(word: str) -> str:
    """X for capitals, x for small letters, d for digits, others unchanged.

    Runs of one kind count as two characters at most: Paris is Xxx, USA is XX,
    I is X, mid-90s is xx-ddx (Collins 2002, section 4.2, who drops all
    repetitions; casing as a feature of neural taggers: Collobert et al. 2011,
    section 3.2, Chiu and Nichols 2016, section 2.4).
    """
    return "".join(_runs(map(_kind, word)))


def _runs(kinds: Iterator[str]) -> Iterator[str]:
    for kind, run in groupby(kinds):
        yield kind * min(LONGEST, len([*run]))


def _kind(character: str) -> str:
    if character.isdigit():
        return "d"
    if character.isupper():
        return "X"
    # Letters without case, as those of Chinese, are like small ones.
    return "x" if character.isalpha() else character
