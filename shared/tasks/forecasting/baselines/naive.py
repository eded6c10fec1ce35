"""Forecasts that learn nothing: the past repeated."""

import numpy as np

from shared.task import Dataset
from shared.tasks.forecasting.levels import inputs


def last_value(dataset: Dataset, part: str = "test") -> np.ndarray:
    """The last value of each window: (N, horizon, D)."""
    horizon = dataset.metadata["horizon"]
    return np.repeat(dataset.arrays[f"last_{part}"], horizon, axis=1)


def last_season(dataset: Dataset, part: str = "test") -> np.ndarray | None:
    """The value one season ago; None without a season that long."""
    metadata = dataset.metadata
    season, window = metadata["season"], metadata["window"]
    if season > window:
        return dataset.arrays.get(f"season_{part}")
    if not season:
        return None
    steps = np.arange(metadata["horizon"]) % season
    return inputs(part, dataset, window - season + steps)


def no_change(dataset: Dataset, part: str = "test") -> np.ndarray | None:
    """Returns of 0, which repeat the last value; None of levels."""
    metadata = dataset.metadata
    if not metadata["returns"]:
        return None
    zero = -np.array(metadata["mean"]) / np.array(metadata["deviation"])
    return np.broadcast_to(zero, last_value(dataset, part).shape)
