"""What a run records of its forecasts, for the report."""

from typing import Any

import numpy as np

from shared.task import Dataset
from shared.tasks.forecasting.baselines.naive import last_value
from shared.tasks.forecasting.levels import forecasts, quantiles, truth
from shared.tasks.forecasting.quantile_scores import within

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

    found = {
        "column": metadata["columns"][-1],
        "truth": concatenated(actual),
        "forecast": concatenated(forecast),
        "mse_by_step": by_step(forecast),
        "last_value_by_step": by_step(last_value(dataset)),
    }
    if len(levels := metadata["quantiles"]) > 1:
        low, *_, high = np.moveaxis(quantiles(outputs, "test", dataset), -1, 0)
        covered = within(low, actual, high).mean(axis=(0, 2))
        found |= {
            "levels": [levels[0], levels[-1]],
            "low": concatenated(low),
            "high": concatenated(high),
            "coverage_by_step": [float(f"{one:.4g}") for one in covered],
        }
    if metadata["folds"] > 1:
        found |= {name: metadata[name] for name in ("fold", "folds")}
        found["test_windows"] = len(actual)
        found["tested"] = [
            dataset.metadata["test_from"],
            dataset.metadata["from_to"][1],
        ]
    return found
