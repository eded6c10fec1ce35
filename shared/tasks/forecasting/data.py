"""Windows of a series, scaled by what training has, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from shared.datasets.user_series import Series
from shared.errors import DataError
from shared.specs import Split
from shared.task import Dataset, Splits

SHARES = (0.7, 0.8, 1.0)
"""Ends of training, validation and test where none are agreed."""


class Cut(NamedTuple):
    """Windowing of a series.

    window: input steps T; horizon: forecast steps; target: the forecast column,
        None for all; residual: whether inputs and targets are differences from
        the last value.
    """

    window: int
    horizon: int
    target: int | None
    residual: bool


def series_dataset(
    name: str,
    series: Series,
    cut: Cut,
    ends: tuple[int, ...],
    season: int,
    hashes: Mapping[str, str],
) -> Dataset:
    """Windows (N, T, D) and targets (N, horizon · K), z-scored.

    K is 1, or D if all columns are forecast. Mean and deviation are those of
    the training split. Targets lie within one split, but inputs may reach back
    into the split before, which is past by then.
    """
    count = len(series.values)
    ends = ends or tuple(int(share * count) for share in SHARES)
    values = series.values
    if cut.target is not None:
        values = values[:, [cut.target]]
    columns = (
        series.columns if cut.target is None else (series.columns[cut.target],)
    )
    train = values[: ends[0]]
    mean, deviation = train.mean(axis=0), train.std(axis=0)
    for column, spread in zip(columns, deviation, strict=True):
        if spread == 0.0:
            raise DataError(
                f"{name}: column '{column}' is the same in all {ends[0]:,} "
                "rows of the training part: there is no scale"
            )
    scaled = (values - mean) / deviation
    begins = (0, ends[0] - cut.window, ends[1] - cut.window)
    parts = Splits(
        *(
            windows(name, part, scaled[begin:end], cut)
            for part, begin, end in zip(
                Splits._fields, begins, ends, strict=True
            )
        )
    )
    step = season or 1
    naive = np.abs(scaled[step : ends[0]] - scaled[: ends[0] - step])
    metadata: dict[str, Any] = {
        "series": name,
        "columns": list(columns),
        "rows": list(np.diff((0, *ends)).astype(int).tolist()),
        "from_to": [series.times[0], series.times[ends[-1] - 1]],
        "window": cut.window,
        "horizon": cut.horizon,
        "multivariate": cut.target is None,
        "residual": cut.residual,
        "season": season,
        "mean": mean.tolist(),
        "deviation": deviation.tolist(),
        "naive_error": float(naive.mean()),
        "notes": list(series.notes),
    }
    return Dataset(
        *parts,
        input_size=values.shape[1],
        output_size=cut.horizon * values.shape[1],
        hashes=hashes,
        metadata=metadata,
        arrays={
            f"last_{part}": last_values(scaled[begin:end], cut)
            for part, begin, end in zip(
                Splits._fields, begins, ends, strict=True
            )
        },
    )


def windows(name: str, part: str, rows: np.ndarray, cut: Cut) -> Split:
    """Each window of rows (n, D), and the rows that follow it."""
    needed = cut.window + cut.horizon
    if len(rows) < needed:
        raise DataError(
            f"{name}: the {part} part offers {max(0, len(rows)):,} rows, but "
            f"window {cut.window} and horizon {cut.horizon} need {needed}"
        )
    both = np.lib.stride_tricks.sliding_window_view(rows, needed, axis=0)
    both = both.swapaxes(1, 2)  # (N, T + horizon, D)
    x, y = both[:, : cut.window], both[:, cut.window :]
    if cut.residual:
        x, y = x - x[:, -1:], y - x[:, -1:]
    return Split(
        np.ascontiguousarray(x, np.float32),
        y.reshape(len(y), -1).astype(np.float32),
        None,
    )


def last_values(rows: np.ndarray, cut: Cut) -> np.ndarray:
    """The last row of each window of rows (n, D): (N, 1, D)."""
    return rows[cut.window - 1 : len(rows) - cut.horizon, None]


def seen(part: str, dataset: Dataset) -> np.ndarray:
    """Inputs of a split, scaled: (N, T, D)."""
    x: np.ndarray = getattr(dataset, part).x
    return (
        x + dataset.arrays[f"last_{part}"]
        if dataset.metadata["residual"]
        else x
    )


def forecasts(outputs: np.ndarray, part: str, dataset: Dataset) -> np.ndarray:
    """Outputs (N, horizon · K) as scaled values (N, horizon, K)."""
    found: np.ndarray = outputs.reshape(
        len(outputs), dataset.metadata["horizon"], -1
    )
    return (
        found + dataset.arrays[f"last_{part}"]
        if dataset.metadata["residual"]
        else found
    )


def truth(part: str, dataset: Dataset) -> np.ndarray:
    """Targets of a split, scaled: (N, horizon, K)."""
    return forecasts(getattr(dataset, part).y, part, dataset)
