"""Scores of tagged words, and what a model of them must beat."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from shared import metrics
from shared.task import Dataset, Scores
from shared.tasks.tagging.baselines import (
    as_outputs,
    most_frequent_tag,
    most_frequent_tags,
)
from shared.tasks.tagging.entities import entity_scores, tags_of
from shared.text.tagged import BIO, Sentence


def metric_of(tags: Iterable[str]) -> str:
    """f1 of entities if all tags are BIO, else accuracy of words."""
    return "f1" if all(map(BIO.fullmatch, tags)) else "accuracy"


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    return SCORES[dataset.metric](outputs, part, dataset)


def score_words(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Accuracy, macro F1, and accuracy on words not in training."""
    _, y, lengths = getattr(dataset, part)
    unseen = dataset.arrays[f"unseen_{part}"]
    return {
        "accuracy": metrics.masked_accuracy(outputs, y, lengths),
        "macro_f1": metrics.masked_macro_f1(outputs, y, lengths),
        "unseen_accuracy": metrics.masked_accuracy(outputs, y, lengths, unseen),
    }


def score_entities(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Scores of entities (exact span and type); accuracy of words."""
    _, y, lengths = getattr(dataset, part)
    whole, _ = entity_scores(*truth_and_guesses(outputs, part, dataset))
    return {
        "f1": whole.f1,
        "precision": whole.precision,
        "recall": whole.recall,
        "accuracy": metrics.masked_accuracy(outputs, y, lengths),
    }


SCORES: dict[str, Callable[[np.ndarray, str, Dataset], Scores]] = {
    "accuracy": score_words,
    "f1": score_entities,
}
"""The metric of a data set -> all of its scores."""


def truth_and_guesses(
    outputs: np.ndarray, part: str, dataset: Dataset
) -> tuple[list[list[str]], list[list[str]]]:
    _, y, lengths = getattr(dataset, part)
    classes = dataset.metadata["classes"]
    guesses = outputs.argmax(axis=2)
    return tags_of(y, lengths, classes), tags_of(guesses, lengths, classes)


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Majority tag, and the most frequent tag of each word."""
    classes, arrays, y = (
        dataset.metadata["classes"],
        dataset.arrays,
        dataset.train.y,
    )
    tags = tags_of(y, (y >= 0).sum(axis=1), classes)
    sentences = list(map(Sentence, arrays["words_train"], tags))
    words, steps = arrays["words_test"].tolist(), dataset.test.y.shape[1]
    one = most_frequent_tag(sentences)
    guesses = {
        "majority tag": [[one] * len(row) for row in words],
        "most frequent tag of each word": most_frequent_tags(sentences, words),
    }
    return {
        name: score(as_outputs(guess, classes, steps), "test", dataset)
        for name, guess in guesses.items()
    }
