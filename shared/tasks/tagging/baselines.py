"""Taggers by counting: what a recurrent tagger must beat."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from shared.text.tagged import Sentence


def most_frequent_tag(train: Sequence[Sentence]) -> str:
    counts = Counter(tag for sentence in train for tag in sentence.tags)
    return counts.most_common(1)[0][0]


def most_frequent_tags(
    train: Sequence[Sentence], test: Sequence[Sequence[str]]
) -> list[list[str]]:
    """For each word its most frequent tag in training.

    An unseen form falls back to its lower-case form, then to the most frequent
    tag of all. Ties go to the tag seen first.
    """
    as_written, lower_case = _tags(train, str), _tags(train, str.lower)
    rest = most_frequent_tag(train)
    return [
        [
            as_written.get(word) or lower_case.get(word.lower(), rest)
            for word in words
        ]
        for words in test
    ]


def as_outputs(
    guesses: Sequence[Sequence[str]], tags: Sequence[str], steps: int
) -> np.ndarray:
    """Predicted tags as one-hot outputs (N, T, K)."""
    place = {tag: i for i, tag in enumerate(tags)}
    outputs = np.zeros((len(guesses), steps, len(tags)), dtype=np.float32)
    for row, guess in enumerate(guesses):
        kept = [place[tag] for tag in guess[:steps]]
        outputs[row, np.arange(len(kept)), kept] = 1.0
    return outputs


def _tags(
    train: Sequence[Sentence], form: Callable[[str], str]
) -> dict[str, str]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in train:
        for word, tag in zip(*sentence, strict=True):
            counts[form(word)][tag] += 1
    return {word: found.most_common(1)[0][0] for word, found in counts.items()}
