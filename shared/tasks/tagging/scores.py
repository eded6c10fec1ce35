"""Scores of tagged words, their baselines, and what runs record of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from shared import metrics
from shared.task import Dataset, Scores
from shared.tasks.classification.scores import confident_mistakes
from shared.tasks.tagging.baselines import (
    as_outputs,
    most_frequent_tag,
    most_frequent_tags,
)
from shared.tasks.tagging.entities import EntityScore, entity_scores, tags_of
from shared.text.tagged import Sentence

AROUND = 5
"""Words shown on each side of one that is wrong."""

LONGEST = 24
"""Characters shown of a word."""


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Scores of entities if their F1 is the metric, else those of words.

    Entities: F1, precision and recall of exact span and type. Words: accuracy,
    macro F1, and accuracy on words that are not in training.
    """
    y, unseen = getattr(dataset, part).y, dataset.arrays[f"unseen_{part}"]
    logits, tags = outputs[y >= 0], y[y >= 0]
    accuracy = metrics.accuracy(logits, tags)
    if dataset.metric == "f1":
        total, _ = _entities(outputs, part, dataset)
        return {
            "f1": total.f1,
            "precision": total.precision,
            "recall": total.recall,
            "accuracy": accuracy,
        }
    return {
        "accuracy": accuracy,
        "macro_f1": metrics.macro_f1(logits, tags),
        "unseen_accuracy": metrics.accuracy(outputs[unseen], y[unseen]),
    }


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Majority tag, and the most frequent tag of each word."""
    classes, arrays = dataset.metadata["classes"], dataset.arrays
    y = dataset.train.y
    tags = tags_of(y, (y >= 0).sum(axis=1), classes)
    train = list(map(Sentence, arrays["words_train"], tags))
    words, steps = arrays["words_test"].tolist(), dataset.test.y.shape[1]
    majority = most_frequent_tag(train)
    predicted = {
        "majority tag": [[majority] * len(row) for row in words],
        "most frequent tag of each word": most_frequent_tags(train, words),
    }
    return {
        name: score(as_outputs(tags, classes, steps), "test", dataset)
        for name, tags in predicted.items()
    }


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """Confusion and mistakes; scores of words seen or not, and of entities."""
    classes, y, arrays = (
        dataset.metadata["classes"],
        dataset.test.y,
        dataset.arrays,
    )
    logits, truth = outputs[y >= 0], y[y >= 0]
    unseen = arrays["unseen_test"][y >= 0]
    texts = in_context(arrays["words_test"])
    found = {
        "classes": classes,
        "confusion": metrics.confusion(logits, truth).tolist(),
        "words": [
            {
                "of": name,
                "count": int(mask.sum()),
                "score": round(metrics.accuracy(logits[mask], truth[mask]), 4),
            }
            for name, mask in (("in training", ~unseen), ("unseen", unseen))
        ],
        "mistakes": confident_mistakes(logits, truth, classes, texts, "word"),
    }
    if dataset.metric == "f1":
        found["entities"] = [
            {"of": name, "count": score.true, "score": round(score.f1, 4)}
            for name, score in _entities(outputs, "test", dataset)[1].items()
        ]
    return found


def in_context(sentences: Iterable[Sequence[str]]) -> list[str]:
    """Each word of all sentences in brackets, with its neighbors."""
    found = []
    for sentence in sentences:
        words = [
            word if len(word) <= LONGEST else f"{word[: LONGEST - 3]}..."
            for word in sentence
        ]
        for index, word in enumerate(words):
            before = words[max(0, index - AROUND) : index]
            after = words[index + 1 : index + 1 + AROUND]
            found.append(" ".join([*before, f"[{word}]", *after]))
    return found


def _entities(
    outputs: np.ndarray, part: str, dataset: Dataset
) -> tuple[EntityScore, dict[str, EntityScore]]:
    _, y, lengths = getattr(dataset, part)
    classes, predicted = dataset.metadata["classes"], outputs.argmax(axis=2)
    return entity_scores(
        tags_of(y, lengths, classes), tags_of(predicted, lengths, classes)
    )
