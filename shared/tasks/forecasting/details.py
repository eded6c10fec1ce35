"""Pictures of forecasts: along the test part, and by distance."""

from __future__ import annotations

from typing import Any

import numpy as np

from shared.task import Dataset
from shared.tasks.forecasting.data import forecasts, truth
from shared.tasks.forecasting.scores import last_value

SHOWN = 240
"""Test steps that a report draws."""


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """Concatenated forecasts of the first test steps, errors by step.

    Each forecast begins where the previous one ends. Of several columns the
    last is shown, in its own unit.
    """
    found = forecasts(outputs, "test", dataset)  # (N, horizon, K)
    actual = truth("test", dataset)
    horizon = dataset.metadata["horizon"]
    begins = np.arange(0, min(SHOWN, len(found)), horizon)
    scale = dataset.metadata["deviation"][-1], dataset.metadata["mean"][-1]

    def walk(values: np.ndarray) -> list[float]:
        joined = values[begins, :, -1].ravel()
        return [float(f"{v:.5g}") for v in joined * scale[0] + scale[1]]

    def by_step(values: np.ndarray) -> list[float]:
        gaps = (values - actual) ** 2
        return [float(f"{v:.4g}") for v in gaps.mean(axis=(0, 2))]

    return {
        "column": dataset.metadata["columns"][-1],
        "truth": walk(actual),
        "forecast": walk(found),
        "mse_by_step": by_step(found),
        "last_value_by_step": by_step(last_value(dataset)),
    }
