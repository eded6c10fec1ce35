"""A data set's inputs, targets, and forecasts as scaled levels."""

import numpy as np

from shared.task import Dataset
from shared.tasks.forecasting.options import MEDIAN


def inputs(
    part: str, dataset: Dataset, steps: slice | np.ndarray = slice(None)
) -> np.ndarray:
    """Past values of a split, or some steps of them, scaled: (N, T, D)."""
    size = len(dataset.metadata["columns"])
    return _levels(getattr(dataset, part).x[:, steps, :size], part, dataset)


def forecasts(outputs: np.ndarray, part: str, dataset: Dataset) -> np.ndarray:
    """Outputs as scaled values (N, horizon, D); of quantiles, the medians."""
    levels = dataset.metadata["quantiles"]
    if levels:
        median = levels.index(MEDIAN)
        return quantiles(outputs, part, dataset)[..., median]
    return at_steps(outputs, part, dataset)


def quantiles(outputs: np.ndarray, part: str, dataset: Dataset) -> np.ndarray:
    """Outputs (N, horizon · D · Q) as scaled values (N, horizon, D, Q)."""
    count = len(dataset.metadata["quantiles"])
    each = outputs.reshape(len(outputs), -1, count)  # (N, horizon · D, Q)
    return np.stack(
        [at_steps(each[..., n], part, dataset) for n in range(count)], axis=-1
    )


def truth(part: str, dataset: Dataset) -> np.ndarray:
    """Targets of a split, scaled: (N, horizon, D)."""
    return at_steps(scored_targets(part, dataset), part, dataset)


def scored_targets(part: str, dataset: Dataset) -> np.ndarray:
    """Targets (N, horizon · D) of a split, whatever is learned."""
    y: np.ndarray = getattr(dataset, part).y
    return dataset.arrays.get(f"targets_{part}", y)


def at_steps(values: np.ndarray, part: str, dataset: Dataset) -> np.ndarray:
    """Values (N, horizon · D) of the steps ahead: (N, horizon, D)."""
    shape = len(values), dataset.metadata["horizon"], -1
    return _levels(values.reshape(shape), part, dataset)


def _levels(values: np.ndarray, part: str, dataset: Dataset) -> np.ndarray:
    """Values (N, T, D) plus the last ones, if they are differences from it."""
    residual = dataset.metadata["residual"]
    return values + dataset.arrays[f"last_{part}"] if residual else values
