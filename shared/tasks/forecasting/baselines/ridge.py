"""Ridge regression on the windows of a series."""

from collections.abc import Callable
from typing import Any

import numpy as np

from shared.task import Dataset
from shared.tasks.forecasting.levels import scored_targets

PENALTIES = (1e-2, 1.0, 1e2, 1e4)
"""Of ridge regression; validation chooses one."""

LEARNED = 100_000
"""Training windows to which ridge regression is fitted."""

BLOCK = 1 << 14
"""Windows that are predicted at once."""

Rows = slice | np.ndarray
"""Windows of a split."""


def name_of(dataset: Dataset) -> str:
    more = len(dataset.train.x) > LEARNED
    some = f" (of {LEARNED:,} training windows)" if more else ""
    return f"ridge regression{some}"


def ridge(dataset: Dataset) -> Callable[[str], np.ndarray]:
    """Split -> forecasts (N, horizon, D) by ridge regression on the window.

    It learns changes from the last value.
    """
    models = fitted(dataset)
    y = targets_of("validation", dataset)
    best = min(
        models,
        key=lambda m: np.mean((predict(m, "validation", dataset) - y) ** 2),
    )

    def forecasts(part: str) -> np.ndarray:
        last = dataset.arrays[f"last_{part}"]
        shape = len(last), dataset.metadata["horizon"], -1
        forecast = predict(best, part, dataset).reshape(shape)
        return np.add(forecast, last, out=forecast)

    return forecasts


def fitted(dataset: Dataset) -> list[Any]:
    """A model for each penalty, of LEARNED windows, equally spaced."""
    from sklearn.linear_model import Ridge

    count = len(dataset.train.x)
    rows: Rows = slice(None)
    if count > LEARNED:
        rows = np.linspace(0, count - 1, LEARNED).astype(int)
    x, y = (of("train", dataset, rows) for of in (inputs_of, targets_of))
    # Centered here, once: to fit an intercept each would copy x.
    x_mean, y_mean = x.mean(axis=0), y.mean(axis=0)
    x -= x_mean
    y -= y_mean
    models = []
    for penalty in PENALTIES:
        model = Ridge(alpha=penalty, fit_intercept=False, copy_X=False)
        model.fit(x, y)
        model.intercept_ = y_mean - model.coef_ @ x_mean
        models.append(model)
    return models


def predict(model: Any, part: str, dataset: Dataset) -> np.ndarray:
    """Changes from the last value (N, horizon · D)."""
    begins = range(0, len(getattr(dataset, part).x), BLOCK)
    rows = (slice(begin, begin + BLOCK) for begin in begins)
    return np.concatenate(
        [model.predict(inputs_of(part, dataset, r)) for r in rows]
    )


def inputs_of(
    part: str, dataset: Dataset, rows: Rows = slice(None)
) -> np.ndarray:
    """Inputs of some windows as changes: (N, T · D) float64."""
    return changes(getattr(dataset, part).x[rows], part, dataset, rows)


def targets_of(
    part: str, dataset: Dataset, rows: Rows = slice(None)
) -> np.ndarray:
    """Targets of some windows as changes: (N, horizon · D) float64."""
    y = scored_targets(part, dataset)[rows]
    y = y.reshape(len(y), dataset.metadata["horizon"], -1)
    return changes(y, part, dataset, rows)


def changes(
    values: np.ndarray, part: str, dataset: Dataset, rows: Rows
) -> np.ndarray:
    """Values less the last of their window: (N, T · D) float64.

    values: (N, T, D), or (N, T, D + F) with columns that are only read.
    """
    found = values.astype(np.float64)
    if not dataset.metadata["residual"]:
        last = dataset.arrays[f"last_{part}"][rows]
        found[..., : last.shape[-1]] -= last
    return found.reshape(len(found), -1)
