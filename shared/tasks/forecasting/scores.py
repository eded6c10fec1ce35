"""Errors of forecasts, forecasts without a network, and what a run records."""

from typing import Any

import numpy as np

from shared.metrics import squared_errors
from shared.task import Dataset, Examples, Scores, means_of
from shared.tasks.forecasting.levels import forecasts, inputs, truth
from shared.tasks.forecasting.ridge import name_of, ridge

SHOWN = 240
"""Test steps that a report draws."""


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Errors of outputs (N, horizon · D), in training standard deviations."""
    return errors(forecasts(outputs, part, dataset), part, dataset)


def errors(forecast: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """MSE, MAE, RMSE and MASE of forecasts (N, horizon, D).

    MASE (Hyndman and Koehler 2006) divides the MAE by that of the seasonal
    naive forecast on the training split, or of repeating the last value without
    a season.
    """
    error = np.subtract(forecast, truth(part, dataset), dtype=np.float64)
    mse, mae = float(np.mean(error**2)), float(np.mean(np.abs(error)))
    scores = {"mse": mse, "mae": mae, "rmse": float(np.sqrt(mse))}
    naive = dataset.metadata["naive_error"]
    return scores | ({"mase": mae / naive} if naive else {})


def score_examples(outputs: np.ndarray, dataset: Dataset) -> Examples:
    """Mean squared error of each test window; the windows overlap."""
    forecast = forecasts(outputs, "test", dataset)
    errors = squared_errors(forecast, truth("test", dataset))
    return means_of(errors, "windows", dependent=True)


def baselines(dataset: Dataset) -> dict[str, Scores]:
    predictors = {
        "last value": last_value,
        "last season": last_season,
        name_of(dataset): ridge,
    }
    return {
        name: errors(forecast, "test", dataset)
        for name, predict in predictors.items()
        if (forecast := predict(dataset)) is not None
    }


def last_value(dataset: Dataset) -> np.ndarray:
    last, horizon = dataset.arrays["last_test"], dataset.metadata["horizon"]
    return np.repeat(last, horizon, axis=1)


def last_season(dataset: Dataset) -> np.ndarray | None:
    """The value one season ago; None if the window is shorter."""
    metadata = dataset.metadata
    season, window = metadata["season"], metadata["window"]
    if not 0 < season <= window:
        return None
    steps = np.arange(metadata["horizon"]) % season
    return inputs("test", dataset, window - season + steps)


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
