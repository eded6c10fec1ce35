"""A data set's inputs, targets, and forecasts as scaled levels."""

import numpy as np

from shared.task import Dataset


def inputs(
    part: str, dataset: Dataset, steps: slice | np.ndarray = slice(None)
) -> np.ndarray:
    """Inputs of a split, or some steps of them, scaled: (N, T, D)."""
    return _levels(getattr(dataset, part).x[:, steps], part, dataset)


def forecasts(outputs: np.ndarray, part: str, dataset: Dataset) -> np.ndarray:
    """Outputs (N, horizon · D) as scaled values (N, horizon, D)."""
    shape = len(outputs), dataset.metadata["horizon"], -1
    return _levels(outputs.reshape(shape), part, dataset)


def truth(part: str, dataset: Dataset) -> np.ndarray:
    """Targets of a split, scaled: (N, horizon, D)."""
    return forecasts(scored_targets(part, dataset), part, dataset)


def scored_targets(part: str, dataset: Dataset) -> np.ndarray:
    """Targets (N, horizon · D) of a split, whatever is learned."""
    y: np.ndarray = getattr(dataset, part).y
    return dataset.arrays.get(f"targets_{part}", y)


def _levels(values: np.ndarray, part: str, dataset: Dataset) -> np.ndarray:
    """Values (N, T, D) plus the last ones, if they are differences from it."""
    residual = dataset.metadata["residual"]
    return values + dataset.arrays[f"last_{part}"] if residual else values
