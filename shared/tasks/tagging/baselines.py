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

    def by_form(form: Callable[[str], str]) -> dict[str, str]:
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for sentence in train:
            for word, tag in zip(*sentence, strict=True):
                counts[form(word)][tag] += 1
        return {word: c.most_common(1)[0][0] for word, c in counts.items()}

    exact, lower = by_form(str), by_form(str.lower)
    default = most_frequent_tag(train)
    return [
        [exact.get(word) or lower.get(word.lower(), default) for word in words]
        for words in test
    ]


def as_outputs(
    sentences: Sequence[Sequence[str]], tags: Sequence[str], steps: int
) -> np.ndarray:
    """The predicted tags of sentences as one-hot outputs (N, T, K)."""
    indices = {tag: index for index, tag in enumerate(tags)}
    outputs = np.zeros((len(sentences), steps, len(tags)), dtype=np.float32)
    for row, sentence in enumerate(sentences):
        columns = [indices[tag] for tag in sentence]
        outputs[row, np.arange(len(columns)), columns] = 1.0
    return outputs
