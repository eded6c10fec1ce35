"""Windows of a series, scaled by the training split, and what follows them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from shared.datasets.series import SOURCES
from shared.datasets.times.table import Series
from shared.datasets.user_series import UserSeries
from shared.errors import DataError
from shared.fields import count, option
from shared.specs import Split
from shared.task import Dataset, Splits
from shared.tasks.forecasting.rows import ends_of, rows_needed


@dataclass(frozen=True)
class ForecastData(UserSeries):
    dataset: str = option("etth1", "time series", choices=tuple(SOURCES))
    window: int = option(
        96,
        "time steps T of the input window; of your own file, two seasons of "
        "its step",
        least=2,
    )
    horizon: int = count(
        24, "time steps to forecast; of your own file, a season of its step"
    )
    multivariate: bool = option(
        False, "read and forecast every column, not the target column alone"
    )
    residual: bool = option(
        True, "read and forecast differences from the last value"
    )


def series_dataset(
    name: str,
    series: Series,
    options: ForecastData,
    ends: tuple[int, ...],
    season: int,
    hashes: Mapping[str, str],
) -> Dataset:
    """Windows (N, T, D) and targets (N, horizon · D), z-scored.

    Mean and deviation are those of the training split. Targets lie within one
    split, but inputs may reach back into the split before, which is past by
    then.
    """
    window, horizon = options.window, options.horizon
    ends = ends or ends_of(len(series.values))
    mean, deviation = moments(name, series, ends[0])
    scaled = (series.values - mean) / deviation
    begins = (0, ends[0] - window, ends[1] - window)
    rows = {
        part: scaled[begin:end]
        for part, begin, end in zip(Splits._fields, begins, ends, strict=True)
    }
    return Dataset(
        *Splits(*(windows(name, part, rows[part], options) for part in rows)),
        input_size=len(series.columns),
        output_size=horizon * len(series.columns),
        hashes=hashes,
        metadata={
            "series": name,
            "columns": list(series.columns),
            "rows": np.diff((0, *ends)).tolist(),
            "from_to": [series.times[0], series.times[ends[-1] - 1]],
            "window": window,
            "horizon": horizon,
            "multivariate": options.multivariate,
            "residual": options.residual,
            "season": season,
            "step": "" if series.step.unit == "number" else series.step.words,
            "mean": mean.tolist(),
            "deviation": deviation.tolist(),
            "naive_error": naive_error(scaled[: ends[0]], season or 1),
            "notes": list(series.notes),
        },
        # The last row of each window: (N, 1, D).
        arrays={
            f"last_{part}": values[window - 1 : len(values) - horizon, None]
            for part, values in rows.items()
        },
    )


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


def naive_error(values: np.ndarray, season: int) -> float:
    """Mean absolute error of the value a season before: the scale of MASE."""
    return float(np.abs(values[season:] - values[:-season]).mean())


def windows(
    name: str, part: str, rows: np.ndarray, options: ForecastData
) -> Split:
    """Each window of rows (n, D), and the rows that follow it."""
    window, horizon = options.window, options.horizon
    of_own = bool(options.data)
    if len(rows) < window + horizon:
        raise DataError(
            f"{name}: the {part} part offers {len(rows):,} rows, but window "
            f"{window} and horizon {horizon} need {window + horizon}"
            + of_own
            * f"; {rows_needed(window, horizon):,} in the file suffice"
        )
    both = np.lib.stride_tricks.sliding_window_view(
        rows, window + horizon, axis=0
    ).swapaxes(1, 2)  # (N, T + horizon, D)
    base = both[:, window - 1 : window] if options.residual else np.zeros(1)
    x, y = (_differences(v, base) for v in (both[:, :window], both[:, window:]))
    return Split(x, y.reshape(len(y), -1), None)


def _differences(values: np.ndarray, base: np.ndarray) -> np.ndarray:
    """values - base, as float32 without an array of float64 of their size."""
    found = np.empty(values.shape, np.float32)
    return np.subtract(values, base, out=found, casting="same_kind")


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
    return forecasts(getattr(dataset, part).y, part, dataset)


def _levels(values: np.ndarray, part: str, dataset: Dataset) -> np.ndarray:
    """Values (N, T, D) plus the last ones, if they are differences from it."""
    residual = dataset.metadata["residual"]
    return values + dataset.arrays[f"last_{part}"] if residual else values
