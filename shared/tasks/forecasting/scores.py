"""Errors of forecasts."""

import numpy as np

from shared.metrics import squared_errors
from shared.task import Dataset, Examples, Scores, means_of
from shared.tasks.forecasting.levels import forecasts, quantiles, truth
from shared.tasks.forecasting.quantile_scores import interval_scores


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Errors of outputs (N, K), in training standard deviations."""
    scores = errors(forecasts(outputs, part, dataset), part, dataset)
    if levels := dataset.metadata["quantiles"]:
        found = quantiles(outputs, part, dataset)
        scores |= interval_scores(found, truth(part, dataset), levels)
    return scores


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


def score_examples(outputs: np.ndarray, dataset: Dataset) -> Examples | None:
    """Mean squared error of each test window; the windows overlap.

    None of several folds: what is tested differs from seed to seed.
    """
    if dataset.metadata["folds"] > 1:
        return None
    forecast = forecasts(outputs, "test", dataset)
    errors = squared_errors(forecast, truth("test", dataset))
    return means_of(errors, "windows", dependent=True)
