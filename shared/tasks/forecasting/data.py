"""Windows of a series, scaled by the training split, and what follows them."""

from collections.abc import Mapping

import numpy as np

from shared.datasets.times.table import Series
from shared.task import Dataset, Splits
from shared.tasks.forecasting.cutting import (
    learned_targets,
    season_before,
    windows,
)
from shared.tasks.forecasting.features import columns_of, features_of
from shared.tasks.forecasting.options import ForecastData
from shared.tasks.forecasting.rows import ends_of, fold_ends
from shared.tasks.forecasting.scaling import moments, naive_error


def series_dataset(
    name: str,
    series: Series,
    options: ForecastData,
    ends: tuple[int, ...],
    season: int,
    hashes: Mapping[str, str],
    fold: int = 0,
) -> Dataset:
    """Windows (N, T, D + F) and targets (N, horizon · D), z-scored.

    Mean and deviation are those of the training split, of several folds that
    of the first, so that their errors have one unit. Targets lie within one
    split, but inputs may reach back into the split before, which is past by
    then. F inputs are of the columns that are not forecast.
    """
    options.check_residual()
    options.check_lead()
    window, horizon = options.window, options.horizon
    ends = ends or ends_of(len(series.values))
    scale_rows, *_ = fold_ends(name, ends, options.folds, 0, horizon)
    ends = fold_ends(name, ends, options.folds, fold, horizon)
    features = features_of(name, series, options, scale_rows)
    forecast = tuple(
        c for c in series.columns if c not in options.input_columns
    )
    series = columns_of(series, forecast)
    mean, deviation = moments(name, series, scale_rows)
    scaled = (series.values - mean) / deviation
    begins = (0, ends[0] - window, ends[1] - window)
    spans = dict(zip(Splits._fields, zip(begins, ends, strict=True)))
    rows = {part: scaled[slice(*span)] for part, span in spans.items()}
    splits = Splits(*(windows(name, p, rows[p], options) for p in rows))
    arrays, recursive = {}, options.strategy == "recursive"
    if not options.plain:
        arrays["targets_train"] = splits.train.y
        y = learned_targets(rows["train"], options)
        splits = splits._replace(train=splits.train._replace(y=y))
    for part, (begin, end) in spans.items():
        if features.names:
            split = getattr(splits, part)
            context = features.windows(begin, end - horizon, window)
            x = np.concatenate([split.x, context], axis=2)
            splits = splits._replace(**{part: split._replace(x=x)})
        if features.names and recursive and horizon > 1:
            later = features.windows(begin + window, end - 1, horizon - 1)
            arrays[f"ahead_{part}"] = later
        if season > window and begin + window >= season:
            arrays[f"season_{part}"] = season_before(
                scaled,
                range(begin + window, end - horizon + 1),
                season,
                horizon,
            )
    return Dataset(
        *splits,
        input_size=len(forecast) + len(features.names),
        output_size=(1 if recursive else horizon)
        * len(forecast)
        * max(1, len(options.quantiles)),
        quantile_levels=options.quantiles,
        model="sequence_forecaster" if options.targets == "every" else "",
        rollout=horizon if recursive else 1,
        hashes=hashes,
        metadata={
            "series": name,
            "columns": list(forecast),
            "features": list(features.names),
            "rows": np.diff((0, *ends)).tolist(),
            "test_from": series.times[ends[1]],
            "from_to": [series.times[0], series.times[ends[-1] - 1]],
            "window": window,
            "horizon": horizon,
            "multivariate": options.multivariate,
            "residual": options.residual,
            "targets": options.targets,
            "strategy": options.strategy,
            "returns": options.returns,
            "quantiles": list(options.quantiles),
            "folds": options.folds,
            "fold": fold,
            "lead": options.lead,
            "season": season,
            "step": "" if series.step.unit == "number" else series.step.words,
            "mean": mean.tolist(),
            "deviation": deviation.tolist(),
            "naive_error": naive_error(scaled[:scale_rows], season or 1),
            "notes": list(series.notes),
        },
        # The last row of each window: (N, 1, D).
        arrays=arrays
        | {
            f"last_{part}": values[window - 1 : len(values) - horizon, None]
            for part, values in rows.items()
        },
    )
