"""Windows of a series, scaled by the training split, and what follows them."""

from collections.abc import Mapping

import numpy as np

from shared.datasets.times.table import Series
from shared.task import Dataset, Splits
from shared.tasks.forecasting.cutting import learned_targets, windows
from shared.tasks.forecasting.options import ForecastData
from shared.tasks.forecasting.rows import ends_of
from shared.tasks.forecasting.scaling import moments, naive_error


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
