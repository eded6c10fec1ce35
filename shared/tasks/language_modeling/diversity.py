"""How varied and how coherent written texts are, in numbers."""

from __future__ import annotations

import re

import numpy as np

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
"""A run of letters, apostrophes inside it."""


def words_of(text: str) -> list[str]:
    return WORD.findall(text.lower())


def measures(texts: list[str], known: set[str]) -> dict[str, float]:
    """Means over texts; NaN if no text has enough words.

    distinct_1, distinct_2: share of distinct n-grams (Li et al. 2016);
        repetition: share of repeated 4-grams (Welleck et al. 2020, seq-rep-4);
        known_words: share of words that occur in the training text. Only texts
        of equal length can be compared.
    """
    words = [words_of(text) for text in texts]
    found = {
        "distinct_1": [distinct(own, 1) for own in words],
        "distinct_2": [distinct(own, 2) for own in words],
        "repetition": [1.0 - distinct(own, 4) for own in words],
        "known_words": [
            sum(word in known for word in own) / len(own) if own else np.nan
            for own in words
        ],
    }
    return {name: _mean(values) for name, values in found.items()}


def distinct(words: list[str], n: int) -> float:
    """Share of distinct n-grams, 0 to 1; NaN if there are none."""
    grams = [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
    return len(set(grams)) / len(grams) if grams else float("nan")


def _mean(values: list[float]) -> float:
    known = [value for value in values if value == value]
    return float(np.mean(known)) if known else float("nan")
