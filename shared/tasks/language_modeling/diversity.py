"""Measures of the diversity and coherence of generated texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
    texts_words = [words_of(text) for text in texts]
    values = {
        "distinct_1": [distinct([words], 1) for words in texts_words],
        "distinct_2": [distinct([words], 2) for words in texts_words],
        "repetition": [1.0 - distinct([words], 4) for words in texts_words],
        "known_words": [
            sum(word in known for word in words) / len(words)
            for words in texts_words
            if words
        ],
    }
    numbers = {name: [v for v in values[name] if v == v] for name in values}
    return {n: float(np.mean(v)) if v else np.nan for n, v in numbers.items()}


def distinct(texts: Sequence[Sequence[str]], n: int) -> float:
    """Share of distinct n-grams of all texts; NaN if there are none."""
    grams = [
        tuple(words[i : i + n])
        for words in texts
        for i in range(len(words) - n + 1)
    ]
    return len(set(grams)) / len(grams) if grams else float("nan")
