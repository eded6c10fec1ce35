"""Translating without a network: copies, neighbours, a lexicon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from shared.task import Dataset, Scores
from shared.tasks.translation.scores import text_scores

Sentence = Sequence[str]


def baselines(dataset: Dataset) -> dict[str, Scores]:
    ways = {
        "copy of the source": copies,
        "nearest training sentence": neighbours,
        "word by word": by_lexicon,
    }
    return {
        name: text_scores(write(dataset), "test", dataset)
        for name, write in ways.items()
    }


def copies(dataset: Dataset) -> list[Sentence]:
    return [source for source, _ in dataset.arrays["test"]]


def neighbours(dataset: Dataset) -> list[Sentence]:
    """Target of the most similar training source.

    By the Jaccard index of the sets of words; ties go to the first.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    known, asked = dataset.arrays["train"], copies(dataset)
    vectorizer = CountVectorizer(analyzer=list, binary=True, dtype=np.float32)
    there = vectorizer.fit_transform([source for source, _ in known])
    here = vectorizer.transform(asked)
    sizes = np.array([len(set(source)) for source, _ in known])
    found = []
    for row, source in zip(here, asked, strict=True):
        common = (there @ row.T).toarray()[:, 0]
        index = common / (sizes + len(set(source)) - common)
        found.append(known[int(index.argmax())][1])
    return found


def by_lexicon(dataset: Dataset) -> list[Sentence]:
    """Word-by-word translation with a lexicon of co-occurrence.

    By the Dice coefficient of the sentences that contain them (Dice 1945); an
    unseen word is copied.
    """
    both: dict[str, Counter[str]] = {}
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for source, target in dataset.arrays["train"]:
        words = set(source), set(target)
        for count, own in zip(counts, words, strict=True):
            count.update(own)
        for word in words[0]:
            both.setdefault(word, Counter()).update(words[1])
    lexicon = {
        word: max(
            sorted(beside),
            key=lambda other: (
                2 * beside[other] / (counts[0][word] + counts[1][other])
            ),
        )
        for word, beside in both.items()
    }
    return [
        [lexicon.get(word, word) for word in source]
        for source in copies(dataset)
    ]
