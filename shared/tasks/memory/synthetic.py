"""Synthetic sequences to be remembered: their splits, scores, an example."""

from collections.abc import Callable
from typing import Any

import numpy as np

from shared import metrics
from shared.exhibits.memory import BLANK
from shared.specs import Split
from shared.task import Dataset, Examples, Scores, Splits, masked_means

Arrays = tuple[np.ndarray, np.ndarray]
"""The inputs of some sequences, and their targets."""


def generate(
    data: Any, seed: int, sample: Callable[[np.random.Generator, int], Arrays]
) -> Splits:
    """The splits, from one generator; sample: it and N -> N sequences."""
    rng = np.random.default_rng([seed, 6])
    sizes = (getattr(data, f"{part}_sequences") for part in Splits._fields)
    return Splits(*(Split(*sample(rng, size), None) for size in sizes))


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Accuracy and loss (nats) of logits (N, T, K) at steps with a target."""
    targets = getattr(dataset, part).y
    mask = targets >= 0
    correct = outputs.argmax(axis=2) == targets
    return {
        "accuracy": float(correct[mask].mean()),
        "loss": float(metrics.nll(outputs, targets)[mask].mean()),
    }


def correct_examples(outputs: np.ndarray, dataset: Dataset) -> Examples:
    """Correct steps of each test sequence."""
    correct = outputs.argmax(axis=2) == dataset.test.y
    return masked_means(correct, dataset.test.y >= 0, "sequences")


def loss_examples(outputs: np.ndarray, dataset: Dataset) -> Examples:
    """Sums of the losses, nats, of each test sequence."""
    targets = dataset.test.y
    losses = metrics.nll(outputs, targets)
    return masked_means(losses, targets >= 0, "sequences")


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """The first test sequence: input, target and prediction of each step."""
    x, y, _ = dataset.test
    predicted = np.where(y[0] >= 0, outputs[0].argmax(axis=1), -1)
    rows = {"input": x[0, :, 0], "target": y[0], "predicted": predicted}
    return {
        "example": {
            name: " ".join(BLANK if s < 0 else str(s) for s in row.tolist())
            for name, row in rows.items()
        }
    }
