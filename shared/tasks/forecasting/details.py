"""What a run records of its forecasts: along the test split, and by step."""

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
    metadata = dataset.metadata
    forecast = forecasts(outputs, "test", dataset)  # (N, horizon, D)
    actual = truth("test", dataset)
    begins = np.arange(0, min(SHOWN, len(forecast)), metadata["horizon"])
    deviation, mean = metadata["deviation"][-1], metadata["mean"][-1]

    def concatenated(values: np.ndarray) -> list[float]:
        shown = values[begins, :, -1].ravel() * deviation + mean
        return [float(f"{value:.5g}") for value in shown]

    def by_step(values: np.ndarray) -> list[float]:
        errors = ((values - actual) ** 2).mean(axis=(0, 2))
        return [float(f"{error:.4g}") for error in errors]

    return {
        "column": metadata["columns"][-1],
        "truth": concatenated(actual),
        "forecast": concatenated(forecast),
        "mse_by_step": by_step(forecast),
        "last_value_by_step": by_step(last_value(dataset)),
    }
