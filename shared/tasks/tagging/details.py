"""What is recorded of tagged words, and what a report shows of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from shared import metrics
from shared.task import Dataset
from shared.tasks.classification.details import confident_mistakes
from shared.tasks.tagging.entities import entity_scores
from shared.tasks.tagging.scores import truth_and_guesses

AROUND = 5
"""Words shown on each side of one that is wrong."""

LONGEST = 24
"""Characters shown of a word."""


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    classes, y = dataset.metadata["classes"], dataset.test.y
    valid = y >= 0
    logits, truth = outputs[valid], y[valid]
    shown = {
        "classes": classes,
        "confusion": metrics.confusion(logits, truth).tolist(),
        "words": _by_sight(logits, truth, dataset.arrays["unseen_test"][valid]),
        "mistakes": confident_mistakes(
            metrics.probabilities(logits),
            truth,
            classes,
            in_context(dataset.arrays["words_test"]),
            "word",
        ),
    }
    return shown | DETAILS[dataset.metric](outputs, dataset)


def in_context(sentences: Iterable[Sequence[str]]) -> list[str]:
    """Each word of all sentences in brackets, with its neighbors."""
    found = []
    for sentence in sentences:
        words = [shortened(word) for word in sentence]
        for place, word in enumerate(words):
            before = words[max(0, place - AROUND) : place]
            after = words[place + 1 : place + 1 + AROUND]
            found.append(" ".join([*before, f"[{word}]", *after]))
    return found


def shortened(word: str) -> str:
    return word if len(word) <= LONGEST else f"{word[: LONGEST - 3]}..."


def _by_sight(
    logits: np.ndarray, truth: np.ndarray, unseen: np.ndarray
) -> list[dict[str, Any]]:
    """Accuracy on the words that occur in training, and on the others."""
    right = logits.argmax(axis=1) == truth
    return [
        {
            "of": name,
            "count": int(among.sum()),
            "score": round(float(right[among].mean()), 4) if among.any() else 0,
        }
        for name, among in (("in training", ~unseen), ("unseen", unseen))
    ]


def _entities(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    found = truth_and_guesses(outputs, "test", dataset)
    _, by_type = entity_scores(*found)
    return {
        "entities": [
            {"of": name, "count": score.true, "score": round(score.f1, 4)}
            for name, score in by_type.items()
        ]
    }


DETAILS = {"accuracy": lambda outputs, dataset: {}, "f1": _entities}
"""The metric of a data set -> what its runs record besides."""
