"""Translations without a network: copies, nearest neighbors, a lexicon."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from shared.task import Dataset, Scores
from shared.tasks.translation.scores import text_scores

Sentence = Sequence[str]


def baselines(dataset: Dataset) -> dict[str, Scores]:
    translations = {
        "copy of the source": [source for source, _ in dataset.arrays["test"]],
        "nearest training sentence": nearest_neighbors(dataset),
        "word by word": by_lexicon(dataset),
    }
    return {
        name: text_scores(sentences, "test", dataset)
        for name, sentences in translations.items()
    }


def nearest_neighbors(dataset: Dataset) -> list[Sentence]:
    """Target of the most similar training source.

    By the Jaccard index of the sets of words; ties go to the first.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    sources, targets = zip(*dataset.arrays["train"], strict=True)
    queries = [source for source, _ in dataset.arrays["test"]]
    vectorizer = CountVectorizer(analyzer=list, binary=True, dtype=np.float32)
    counts = vectorizer.fit_transform(sources)
    sizes = np.array([len(set(source)) for source in sources])
    nearest = []
    for row, query in zip(vectorizer.transform(queries), queries, strict=True):
        common = (counts @ row.T).toarray()[:, 0]
        jaccard = common / (sizes + len(set(query)) - common)
        nearest.append(targets[int(jaccard.argmax())])
    return nearest


def by_lexicon(dataset: Dataset) -> list[Sentence]:
    """Word-by-word translation with a lexicon of co-occurrence.

    By the Dice coefficient of the sentences that contain them (Dice 1945); an
    unseen word is copied.
    """
    pairs: defaultdict[str, Counter[str]] = defaultdict(Counter)
    source_counts, target_counts = Counter[str](), Counter[str]()
    for source, target in dataset.arrays["train"]:
        source_counts.update(set(source))
        target_counts.update(set(target))
        for word in set(source):
            pairs[word].update(set(target))
    lexicon = {}
    for word, counts in pairs.items():
        dice = {
            other: 2 * count / (source_counts[word] + target_counts[other])
            for other, count in sorted(counts.items())
        }
        lexicon[word] = max(dice, key=lambda other: dice[other])
    return [
        [lexicon.get(word, word) for word in source]
        for source, _ in dataset.arrays["test"]
    ]
