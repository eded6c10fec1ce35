"""Predictions of a classifier, their scores, and what its runs record."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from shared import metrics
from shared.task import Dataset, Examples, Prediction, Scores, means_of

MISTAKES = 10
"""Mistakes that a run records."""

BINARY = {
    "accuracy": metrics.accuracy,
    "f1": metrics.f1,
    "roc_auc": metrics.roc_auc,
}
MULTICLASS = {"accuracy": metrics.accuracy, "macro_f1": metrics.macro_f1}
"""Scores of one logit (N, 1), and of one logit per class (N, K)."""


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Accuracy, F1 and ROC AUC of one logit; accuracy, macro F1 of more."""
    targets = getattr(dataset, part).y
    scores = BINARY if outputs.shape[1] == 1 else MULTICLASS
    return {name: compute(outputs, targets) for name, compute in scores.items()}


def score_examples(
    outputs: np.ndarray, dataset: Dataset, unit: str = "examples"
) -> Examples:
    """Whether each test example is classified correctly."""
    correct = metrics.two_classes(outputs).argmax(axis=1) == dataset.test.y
    return means_of(correct, unit)


def confusion_details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    counts = metrics.confusion(outputs, dataset.test.y).tolist()
    return {"classes": dataset.metadata["classes"], "confusion": counts}


def text_details(
    outputs: np.ndarray, dataset: Dataset, texts: Sequence[str], kind: str
) -> dict[str, Any]:
    """The confusion matrix, and the most confident mistakes."""
    found, truth = confusion_details(outputs, dataset), dataset.test.y
    found["mistakes"] = confident_mistakes(
        outputs, truth, found["classes"], texts, kind
    )
    return found


def confident_mistakes(
    outputs: np.ndarray,
    truth: np.ndarray,
    classes: Sequence[str],
    texts: Sequence[str],
    kind: str,
) -> list[dict[str, Any]]:
    """The mistakes of highest probability, as JSON: logits (N, K), (N,).

    kind: what a text is called, "name", "text" or "word".
    """
    probs = metrics.probabilities(metrics.two_classes(outputs))
    predicted, certainty = probs.argmax(axis=1), probs.max(axis=1)
    wrong = np.flatnonzero(predicted != truth)
    worst = wrong[np.argsort(-certainty[wrong], kind="stable")][:MISTAKES]
    return [
        {
            kind: str(texts[row]),
            "truth": classes[truth[row]],
            "predicted": classes[predicted[row]],
            "probability": round(float(certainty[row]), 4),
        }
        for row in worst
    ]


def predictions(
    outputs: np.ndarray, texts: Sequence[str], labels: Sequence[str]
) -> list[Prediction]:
    """Labels of N texts from logits (N, K), or (N, 1) of the second of two."""
    outputs = metrics.two_classes(outputs)
    if outputs.shape != (len(texts), len(labels)):
        raise ValueError(
            f"outputs {outputs.shape} are not those of {len(texts)} texts "
            f"and {len(labels)} labels"
        )
    found = []
    for text, row in zip(texts, metrics.probabilities(outputs), strict=True):
        order = np.argsort(-row, kind="stable")
        probs = tuple((labels[k], float(row[k])) for k in order)
        found.append(Prediction(text, *probs[0], probs))
    return found


def decode(
    outputs: np.ndarray, text: str, metadata: Mapping[str, Any]
) -> list[Prediction]:
    """The class of one text from logits (1, K), or one (1, 1)."""
    return predictions(outputs, [text], metadata["classes"])
