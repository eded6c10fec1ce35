"""Scores of tagged words, their baselines, and what runs record of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import numpy as np

from shared import metrics
from shared.task import Dataset, Examples, Scores, masked_means, scores_of
from shared.tasks.classification.scores import confident_mistakes
from shared.tasks.tagging.entities import (
    EntityScore,
    entity_scores,
    sentence_counts,
    tags_of,
)
from shared.text.schemes import to_bio

AROUND = 5
"""Words shown on each side of one that is wrong."""

LONGEST = 24
"""Characters shown of a word."""

Tag = TypeVar("Tag", str, int)


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Accuracy of words; macro F1, and accuracy on words not in training.

    F1, precision and recall of entities instead, if their F1 is the metric.
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


def score_examples(outputs: np.ndarray, dataset: Dataset) -> Examples:
    """Correct words of each test sentence; its entities, if F1 is the metric.

    Of entities: correct, predicted, and true ones (N, 3).
    """
    y, unit = dataset.test.y, "sentences"
    if dataset.metric == "f1":
        return Examples(sentence_counts(*_tags(outputs, "test", dataset)), unit)
    return masked_means(outputs.argmax(axis=2) == y, y >= 0, unit)


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Majority tag, and the most frequent tag of each word."""
    train, test = (
        [word for row in dataset.arrays[f"words_{part}"] for word in row]
        for part in ("train", "test")
    )
    mask = dataset.test.y >= 0
    tags = dataset.train.y[dataset.train.y >= 0].tolist()
    majority = Counter(tags).most_common(1)[0][0]
    predicted = {
        "majority tag": [majority] * len(test),
        "most frequent tag of each word": most_frequent_tags(train, tags, test),
    }
    one_hot = np.eye(dataset.output_size, dtype=np.float32)
    outputs = {
        name: np.zeros((*mask.shape, len(one_hot))) for name in predicted
    }
    for name, indices in predicted.items():
        outputs[name][mask] = one_hot[indices]
    return scores_of(score, outputs, dataset)


def most_frequent_tags(
    train: Sequence[str], tags: Sequence[Tag], test: Sequence[str]
) -> list[Tag]:
    """For each test word its most frequent tag in training.

    An unseen form falls back to its lower-case form, then to the most frequent
    tag of all. Ties go to the tag seen first.
    """

    def by_form(words: Iterable[str]) -> dict[str, Tag]:
        counts: defaultdict[str, Counter[Tag]] = defaultdict(Counter)
        for word, tag in zip(words, tags, strict=True):
            counts[word][tag] += 1
        return {word: c.most_common(1)[0][0] for word, c in counts.items()}

    exact, lower = by_form(train), by_form(map(str.lower, train))
    majority = Counter(tags).most_common(1)[0][0]
    return [exact.get(word, lower.get(word.lower(), majority)) for word in test]


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
    return entity_scores(*_tags(outputs, part, dataset))


def _tags(
    outputs: np.ndarray, part: str, dataset: Dataset
) -> tuple[list[list[str]], list[list[str]]]:
    """The true and the predicted BIO tags of each sentence."""
    _, y, lengths = getattr(dataset, part)
    classes, scheme = (dataset.metadata[n] for n in ("classes", "scheme"))
    truth, predicted = (
        [to_bio(tags, scheme) for tags in tags_of(indices, lengths, classes)]
        for indices in (y, outputs.argmax(axis=2))
    )
    return truth, predicted
