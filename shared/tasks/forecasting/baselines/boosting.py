"""Gradient-boosted trees on the last values of a window."""

from collections.abc import Callable
from itertools import islice
from typing import Any

import numpy as np

from shared.task import Dataset
from shared.tasks.forecasting.levels import inputs, truth

LAGS = 96
"""Values before the forecast that the trees read."""

LEARNED, VALIDATED = 40_000, 10_000
"""Pairs of a window and a step ahead that are fitted, and that choose the
number of trees."""

TREES = 100
BLOCK = 1 << 11
"""Windows that are predicted at once."""


def boosting(dataset: Dataset) -> Callable[[str], np.ndarray]:
    """Split -> forecasts (N, horizon, D) of trees fitted to training alone.

    One model of each column forecasts every step ahead, whose number it reads
    (scikit-learn's HistGradientBoostingRegressor, after Ke et al. 2017). The
    validation split chooses the number of trees.
    """
    columns = range(len(dataset.metadata["columns"]))
    with one_thread():
        models = [fitted(column, dataset) for column in columns]

    def forecast(part: str) -> np.ndarray:
        with one_thread():
            found = [
                predicted(*models[column], part, column, dataset)
                for column in columns
            ]
        return np.stack(found, axis=-1) + dataset.arrays[f"last_{part}"]

    return forecast


def one_thread() -> Any:
    """Context in which trees are computed by one thread.

    Several add in another order, and wait for one another on a busy machine.
    """
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1, user_api="openmp")


def fitted(column: int, dataset: Dataset) -> tuple[Any, int]:
    """A model of a column, and how many of its trees are best."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    x, y = pairs_of("train", column, dataset, LEARNED)
    # Its own early stopping would hold out windows that overlap the others.
    model = HistGradientBoostingRegressor(
        max_iter=TREES, early_stopping=False, random_state=0
    ).fit(x, y)
    x, y = pairs_of("validation", column, dataset, VALIDATED)
    errors = [np.mean((found - y) ** 2) for found in model.staged_predict(x)]
    return model, int(np.argmin(errors)) + 1


def predicted(
    model: Any, trees: int, part: str, column: int, dataset: Dataset
) -> np.ndarray:
    """Changes from the last value (N, horizon)."""
    horizon, count = dataset.metadata["horizon"], len(getattr(dataset, part).x)
    found = []
    for begin in range(0, count, BLOCK):
        pairs = np.arange(begin * horizon, min(begin + BLOCK, count) * horizon)
        x = lags_of(part, column, dataset, *np.divmod(pairs, horizon))
        found.append(next(islice(model.staged_predict(x), trees - 1, None)))
    return np.concatenate(found).reshape(count, horizon)


def pairs_of(
    part: str, column: int, dataset: Dataset, most: int
) -> tuple[np.ndarray, np.ndarray]:
    """Inputs (M, F) and changes (M,) of some windows and steps ahead."""
    actual = truth(part, dataset)[..., column]  # (N, horizon)
    chosen = np.arange(actual.size)
    if actual.size > most:
        chosen = np.linspace(0, actual.size - 1, most).astype(int)
    rows, steps = np.divmod(chosen, actual.shape[1])
    last = dataset.arrays[f"last_{part}"][rows, 0, column]
    return (
        lags_of(part, column, dataset, rows, steps),
        actual[rows, steps] - last,
    )


def lags_of(
    part: str,
    column: int,
    dataset: Dataset,
    rows: np.ndarray,
    steps: np.ndarray,
) -> np.ndarray:
    """What the trees read of windows and steps ahead (M,): (M, F) float32.

    The step; the values of the column as changes from the last, and that of a
    season before the step; what else the window holds at its end, and where it
    has what is known of the step, as far as it goes.
    """
    metadata, x = dataset.metadata, getattr(dataset, part).x
    window, season = metadata["window"], metadata["season"]
    last = dataset.arrays[f"last_{part}"][rows, :, column]
    lags = inputs(part, dataset, slice(-LAGS, None))[rows, :, column] - last
    parts = [steps[:, None], lags]
    if 0 < season <= min(window, LAGS):
        places = lags.shape[1] - season + steps % season
        parts.append(np.take_along_axis(lags, places[:, None], axis=1))
    if metadata["features"]:
        place = window - 1 - (metadata["lead"] - 1 - steps)
        place = np.minimum(place, window - 1)
        more = x[..., len(metadata["columns"]) :]
        parts += [more[rows, -1], more[rows, place]]
    return np.concatenate(parts, axis=1).astype(np.float32)
