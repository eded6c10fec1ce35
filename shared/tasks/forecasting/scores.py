"""Errors of forecasts, and forecasts that need no network."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from shared.task import Dataset, Scores
from shared.tasks.forecasting.data import forecasts, seen, truth

PENALTIES = (1e-2, 1.0, 1e2, 1e4)
"""Of the ridge; validation chooses one."""


def scores(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Errors of outputs (N, horizon · K), in training standard deviations."""
    return errors(forecasts(outputs, part, dataset), part, dataset)


def errors(found: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """MSE, MAE, RMSE and MASE of forecasts (N, horizon, K).

    MASE (Hyndman and Koehler 2006) divides the MAE by that of the seasonal
    naive forecast on the training split, or of repeating the last value without
    a season.
    """
    gap = found.astype(np.float64) - truth(part, dataset)
    mse, mae = float(np.mean(gap**2)), float(np.mean(np.abs(gap)))
    plain = {"mse": mse, "mae": mae, "rmse": float(np.sqrt(mse))}
    naive = dataset.metadata["naive_error"]
    return plain | ({"mase": mae / naive} if naive else {})


def baselines(dataset: Dataset) -> dict[str, Scores]:
    return {
        name: errors(found, "test", dataset)
        for name, forecast in FORECASTS.items()
        if (found := forecast(dataset)) is not None
    }


def last_value(dataset: Dataset) -> np.ndarray:
    return np.repeat(
        dataset.arrays["last_test"], dataset.metadata["horizon"], axis=1
    )


def last_season(dataset: Dataset) -> np.ndarray | None:
    """The value one season ago; None if the window is shorter."""
    metadata, x = dataset.metadata, seen("test", dataset)
    season = metadata["season"]
    if not 0 < season <= metadata["window"]:
        return None
    steps = np.arange(metadata["horizon"]) % season
    return x[:, x.shape[1] - season + steps]


def ridge(dataset: Dataset) -> np.ndarray:
    """Ridge regression on the window, as changes from the last value."""
    from sklearn.linear_model import Ridge

    def changes(part: str) -> tuple[np.ndarray, np.ndarray]:
        x, last = seen(part, dataset), dataset.arrays[f"last_{part}"]
        y = truth(part, dataset) - last
        return (x - last).reshape(len(x), -1), y.reshape(len(x), -1)

    x, y = changes("train")
    x_seen, y_seen = changes("validation")
    found = []
    for penalty in PENALTIES:
        model = Ridge(alpha=penalty).fit(x, y)
        found.append((np.mean((model.predict(x_seen) - y_seen) ** 2), model))
    _, best = min(found, key=lambda pair: pair[0])
    x_test, y_test = changes("test")
    change = best.predict(x_test).reshape(len(x_test), -1)
    shape = (len(y_test), dataset.metadata["horizon"], -1)
    forecast: np.ndarray = change.reshape(shape) + dataset.arrays["last_test"]
    return forecast


FORECASTS: dict[str, Callable[[Dataset], np.ndarray | None]] = {
    "last value": last_value,
    "last season": last_season,
    "ridge regression": ridge,
}
