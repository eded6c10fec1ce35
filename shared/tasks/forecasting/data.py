"""Windows of a series, scaled by the training split, and what follows them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from shared.datasets.times.table import Series
from shared.task import Dataset, Splits
from shared.tasks.forecasting.cutting import (
    learned_targets,
    season_before,
    windows,
)
from shared.tasks.forecasting.features import (
    Features,
    columns_of,
    features_of,
)
from shared.tasks.forecasting.options import ForecastData
from shared.tasks.forecasting.rows import ends_of, fold_ends
from shared.tasks.forecasting.scaling import moments, naive_error

Spans = Mapping[str, tuple[int, int]]
"""Split -> its first row and the one after its last."""

SETTINGS = (
    *("window", "horizon", "multivariate", "residual", "targets"),
    *("strategy", "returns", "folds", "lead"),
)
"""Options that the metadata repeat."""


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
    splits, arrays = windows_of(name, rows, options)
    splits = with_features(splits, features, spans, options)
    arrays |= rollout_features(features, spans, options)
    arrays |= seasons_before(scaled, spans, season, options)
    recursive = options.strategy == "recursive"
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
            "features": list(features.names),
            **metadata_of(series, options, ends),
            "fold": fold,
            "season": season,
            "mean": mean.tolist(),
            "deviation": deviation.tolist(),
            "naive_error": naive_error(scaled[:scale_rows], season or 1),
        },
        arrays=arrays,
    )


def metadata_of(
    series: Series, options: ForecastData, ends: tuple[int, ...]
) -> dict[str, Any]:
    """What the report and a checkpoint say of a series and its splits."""
    return {
        "columns": list(series.columns),
        "rows": np.diff((0, *ends)).tolist(),
        "test_from": series.times[ends[1]],
        "from_to": [series.times[0], series.times[ends[-1] - 1]],
        **{option: getattr(options, option) for option in SETTINGS},
        "quantiles": list(options.quantiles),
        "step": "" if series.step.unit == "number" else series.step.words,
        "notes": list(series.notes),
    }


def windows_of(
    name: str, rows: Mapping[str, np.ndarray], options: ForecastData
) -> tuple[Splits, dict[str, np.ndarray]]:
    """The windows of each split, and the last row of each (N, 1, D).

    Where training learns other values, the targets are in the arrays.
    """
    window, horizon = options.window, options.horizon
    splits = Splits(*(windows(name, p, rows[p], options) for p in rows))
    arrays = {
        f"last_{part}": values[window - 1 : len(values) - horizon, None]
        for part, values in rows.items()
    }
    if not options.plain:
        arrays["targets_train"] = splits.train.y
        y = learned_targets(rows["train"], options)
        splits = splits._replace(train=splits.train._replace(y=y))
    return splits, arrays


def with_features(
    splits: Splits, features: Features, spans: Spans, options: ForecastData
) -> Splits:
    """The same with inputs (N, T, D + F)."""
    window, horizon = options.window, options.horizon
    if not features.names:
        return splits
    for part, (begin, end) in spans.items():
        split = getattr(splits, part)
        context = features.windows(begin, end - horizon, window)
        x = np.concatenate([split.x, context], axis=2)
        splits = splits._replace(**{part: split._replace(x=x)})
    return splits


def rollout_features(
    features: Features, spans: Spans, options: ForecastData
) -> dict[str, np.ndarray]:
    """What is known of the further steps of a rollout (N, horizon - 1, F)."""
    window, horizon = options.window, options.horizon
    if not features.names or options.strategy != "recursive" or horizon == 1:
        return {}
    return {
        f"ahead_{part}": features.windows(begin + window, end - 1, horizon - 1)
        for part, (begin, end) in spans.items()
    }


def seasons_before(
    scaled: np.ndarray, spans: Spans, season: int, options: ForecastData
) -> dict[str, np.ndarray]:
    """Values a season before each target, where no window reaches them."""
    window, horizon = options.window, options.horizon
    return {
        f"season_{part}": season_before(
            scaled, range(begin + window, end - horizon + 1), season, horizon
        )
        for part, (begin, end) in spans.items()
        if season > window and begin + window >= season
    }
