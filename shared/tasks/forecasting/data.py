"""Windows of a series, scaled by the training split, and what follows them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from shared.datasets.series import SOURCES
from shared.datasets.times.table import Series
from shared.datasets.user_series import UserSeries
from shared.errors import DataError, SpecError
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
        True,
        "read and forecast differences from the last value; off where targets "
        "are every step's or the strategy is recursive",
    )
    targets: str = option(
        "last",
        "values learned in training: those after the window, or those after "
        "every step of it",
        ("last", "every"),
    )
    strategy: str = option(
        "direct",
        "forecast the horizon at once, or step by step from own forecasts",
        ("direct", "recursive"),
    )

    @property
    def plain(self) -> bool:
        """Whether the model learns what is scored, and nothing else."""
        return (self.targets, self.strategy) == ("last", "direct")

    def check_residual(self) -> None:
        """SpecError for differences from a value that is not known yet."""
        if self.residual and not self.plain:
            raise SpecError(
                "differences from the last value are unknown at the steps "
                "before it: --targets every and --strategy recursive need "
                "--residual off"
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
    options.check_residual()
    window, horizon = options.window, options.horizon
    ends = ends or ends_of(len(series.values))
    mean, deviation = moments(name, series, ends[0])
    scaled = (series.values - mean) / deviation
    begins = (0, ends[0] - window, ends[1] - window)
    rows = {
        part: scaled[begin:end]
        for part, begin, end in zip(Splits._fields, begins, ends, strict=True)
    }
    splits = Splits(*(windows(name, p, rows[p], options) for p in rows))
    arrays, recursive = {}, options.strategy == "recursive"
    if not options.plain:
        arrays["targets_train"] = splits.train.y
        y = learned_targets(rows["train"], options)
        splits = splits._replace(train=splits.train._replace(y=y))
    return Dataset(
        *splits,
        input_size=len(series.columns),
        output_size=(1 if recursive else horizon) * len(series.columns),
        model="sequence_forecaster" if options.targets == "every" else "",
        rollout=horizon if recursive else 1,
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
            "targets": options.targets,
            "strategy": options.strategy,
            "season": season,
            "step": "" if series.step.unit == "number" else series.step.words,
            "mean": mean.tolist(),
            "deviation": deviation.tolist(),
            "naive_error": naive_error(scaled[: ends[0]], season or 1),
            "notes": list(series.notes),
        },
        # The last row of each window: (N, 1, D).
        arrays=arrays
        | {
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


def learned_targets(rows: np.ndarray, options: ForecastData) -> np.ndarray:
    """What follows each window of rows (n, D), or each step of it.

    (N, K), or a view (N, T, K); K is D if the strategy is recursive, else
    horizon · D. Windows are those of `windows`.
    """
    ahead = 1 if options.strategy == "recursive" else options.horizon
    after = np.lib.stride_tricks.sliding_window_view(
        rows[1:].astype(np.float32), ahead, axis=0
    ).swapaxes(1, 2)  # (n - ahead, ahead, D)
    after = after.reshape(len(after), -1)
    count = len(rows) - options.window - options.horizon + 1
    if options.targets == "last":
        return after[options.window - 1 :][:count]
    of_steps = np.lib.stride_tricks.sliding_window_view(
        after, options.window, axis=0
    )
    return of_steps.swapaxes(1, 2)[:count]  # (N, T, K)


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
    return forecasts(scored_targets(part, dataset), part, dataset)


def scored_targets(part: str, dataset: Dataset) -> np.ndarray:
    """Targets (N, horizon · D) of a split, whatever is learned."""
    y: np.ndarray = getattr(dataset, part).y
    return dataset.arrays.get(f"targets_{part}", y)


def _levels(values: np.ndarray, part: str, dataset: Dataset) -> np.ndarray:
    """Values (N, T, D) plus the last ones, if they are differences from it."""
    residual = dataset.metadata["residual"]
    return values + dataset.arrays[f"last_{part}"] if residual else values
