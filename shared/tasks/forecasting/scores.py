"""Errors of forecasts, forecasts without a network, and what a run records."""

from dataclasses import replace
from typing import Any

import numpy as np

from shared.metrics import squared_errors
from shared.specs import Split
from shared.task import Dataset, Examples, Scores, means_of
from shared.tasks.forecasting.data import (
    forecasts,
    inputs,
    scored_targets,
    truth,
)

PENALTIES = (1e-2, 1.0, 1e2, 1e4)
"""Of ridge regression; validation chooses one."""


LEARNED = 100_000
"""Training windows to which ridge regression is fitted."""

BLOCK = 1 << 14
"""Windows that are predicted at once."""

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
    more = len(dataset.train.x) > LEARNED
    some = f" (of {LEARNED:,} training windows)" if more else ""
    predictions = {
        "last value": last_value(dataset),
        "last season": last_season(dataset),
        f"ridge regression{some}": ridge(dataset),
    }
    return {
        name: errors(forecast, "test", dataset)
        for name, forecast in predictions.items()
        if forecast is not None
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


def ridge(dataset: Dataset) -> np.ndarray:
    """Ridge regression on the window, as changes from the last value."""
    from sklearn.linear_model import Ridge

    def x_of(part: str, rows: slice = slice(None)) -> np.ndarray:
        return changes(getattr(dataset, part).x[rows], part, rows)

    def y_of(part: str) -> np.ndarray:
        y = scored_targets(part, dataset)
        shape = len(y), dataset.metadata["horizon"], -1
        return changes(y.reshape(shape), part, slice(None))

    def changes(values: np.ndarray, part: str, rows: slice) -> np.ndarray:
        """Values (N, T, D) less the last ones: (N, T · D) float64."""
        found = values.astype(np.float64)
        if not dataset.metadata["residual"]:
            found -= dataset.arrays[f"last_{part}"][rows]
        return found.reshape(len(found), -1)

    def predict(model: Ridge, part: str) -> np.ndarray:
        begins = range(0, len(getattr(dataset, part).x), BLOCK)
        rows = (slice(begin, begin + BLOCK) for begin in begins)
        blocks = (x_of(part, r) - x_mean for r in rows)
        return y_mean + np.concatenate([model.predict(x) for x in blocks])

    dataset = thinned(dataset)
    x, y = x_of("train"), y_of("train")
    # Centered here, once: with an intercept each fit would copy x.
    x_mean, y_mean = x.mean(axis=0), y.mean(axis=0)
    x -= x_mean
    y -= y_mean
    models = [
        Ridge(alpha=penalty, fit_intercept=False, copy_X=False).fit(x, y)
        for penalty in PENALTIES
    ]
    y = y_of("validation")
    best = min(
        models, key=lambda m: np.mean((predict(m, "validation") - y) ** 2)
    )
    last = dataset.arrays["last_test"]
    shape = len(last), dataset.metadata["horizon"], -1
    forecast: np.ndarray = predict(best, "test").reshape(shape)
    return forecast + last


def thinned(dataset: Dataset) -> Dataset:
    """At most LEARNED training windows, equally spaced."""
    x, y, _ = dataset.train
    if len(x) <= LEARNED:
        return dataset
    rows = np.linspace(0, len(x) - 1, LEARNED).astype(int)
    of_train = {
        name: array[rows]
        for name, array in dataset.arrays.items()
        if name.endswith("_train")
    }
    train = Split(x[rows], y[rows], None)
    arrays = {**dataset.arrays, **of_train}
    return replace(dataset, train=train, arrays=arrays)


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
