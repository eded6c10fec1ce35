"""Scores of a classifier, and what its runs record of the test split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from shared import metrics
from shared.task import Dataset, Scores

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
            "guess": classes[predicted[row]],
            "probability": round(float(certainty[row]), 4),
        }
        for row in worst
    ]
