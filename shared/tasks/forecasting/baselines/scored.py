"""Forecasts without a network, and their scores."""

from collections.abc import Callable
from functools import partial

import numpy as np

from shared.task import Dataset, Scores
from shared.tasks.forecasting.baselines.boosting import boosting
from shared.tasks.forecasting.baselines.naive import (
    last_season,
    last_value,
    no_change,
)
from shared.tasks.forecasting.baselines.ridge import name_of, ridge
from shared.tasks.forecasting.levels import truth
from shared.tasks.forecasting.quantile_scores import around, interval_scores
from shared.tasks.forecasting.scores import errors


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Scores by name, of those that the series admits."""
    naive = {
        "last value": last_value,
        "last season": last_season,
        "no change": no_change,
    }
    predictors: dict[str, Callable[[str], np.ndarray | None]] = {
        **{name: partial(p, dataset) for name, p in naive.items()},
        name_of(dataset): ridge(dataset),
        "gradient boosting": boosting(dataset),
    }
    return {
        name: scores_of(predict, forecast, dataset)
        for name, predict in predictors.items()
        if (forecast := predict("test")) is not None
    }


def scores_of(
    predict: Callable[[str], np.ndarray | None],
    forecast: np.ndarray,
    dataset: Dataset,
) -> Scores:
    """Errors of a test forecast; where quantiles are forecast, theirs too.

    The quantiles of a point forecast are those of its errors on the validation
    split, at each step ahead.
    """
    scores = errors(forecast, "test", dataset)
    levels = dataset.metadata["quantiles"]
    before = predict("validation") if levels else None
    if before is None:
        return scores
    off = truth("validation", dataset) - before
    quantiles = around(forecast, off, levels)
    return scores | interval_scores(quantiles, truth("test", dataset), levels)
