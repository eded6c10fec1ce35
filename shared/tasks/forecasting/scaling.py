"""The scale of a series: that of its training rows."""

from typing import Any

import numpy as np

from shared.datasets.times.table import Series
from shared.errors import DataError


def moments(
    name: str, series: Series, rows: int
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and deviation (D,) of the first rows; DataError if one is 0."""
    train = series.values[:rows]
    mean, deviation = train.mean(axis=0), train.std(axis=0)
    for column, spread in zip(series.columns, deviation, strict=True):
        if spread == 0.0:
            raise DataError(
                f"{name}: column '{column}' is the same in all {rows:,} "
                "rows of the training part: there is no scale"
            )
    return mean, deviation


def scaled_by(name: Any, series: Series, rows: int) -> np.ndarray:
    """Values (n, D) in standard deviations of the first rows."""
    mean, deviation = moments(name, series, rows)
    return np.asarray((series.values - mean) / deviation)


def naive_error(values: np.ndarray, season: int) -> float:
    """Mean absolute error of the value a season before: the scale of MASE."""
    return float(np.abs(values[season:] - values[:-season]).mean())
