"""Synthetic sequences to be remembered: their splits, scores, an example."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from shared import metrics
from shared.exhibits.memory import BLANK
from shared.specs import Split
from shared.task import Dataset, Scores, Splits

Arrays = tuple[np.ndarray, np.ndarray]
"""The inputs of some sequences, and their targets."""


def generate(
    data: Any, seed: int, sample: Callable[[np.random.Generator, int], Arrays]
) -> Splits:
    """The splits, from one generator; sample: it and N -> N sequences."""
    rng = np.random.default_rng([seed, 6])
    sizes = (getattr(data, f"{part}_sequences") for part in Splits._fields)
    return Splits(*(Split(*sample(rng, size), None) for size in sizes))


def step_scores(outputs: np.ndarray, targets: np.ndarray) -> Scores:
    """Loss (nats per step) and accuracy over the steps with a target."""
    mask = targets >= 0
    correct = outputs.argmax(axis=2) == targets
    return {
        "accuracy": float(correct[mask].mean()),
        "loss": float(metrics.nll(outputs, targets)[mask].mean()),
    }


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """The first test sequence: input, target and prediction of each step."""
    x, y, _ = dataset.test
    predicted = np.where(y[0] >= 0, outputs[0].argmax(axis=1), -1)
    rows = {"read": x[0, :, 0], "asked": y[0], "said": predicted}
    return {
        "example": {
            name: " ".join(BLANK if s < 0 else str(s) for s in row.tolist())
            for name, row in rows.items()
        }
    }
