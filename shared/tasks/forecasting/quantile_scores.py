"""Scores of forecasts of several quantiles."""

import numpy as np

from shared.task import Scores


def interval_scores(
    quantiles: np.ndarray, truth: np.ndarray, levels: list[float]
) -> Scores:
    """Pinball loss of all quantiles; coverage and width of the outer two.

    quantiles (N, horizon, D, Q), truth (N, horizon, D). The pinball loss is
    that of Koenker and Bassett (1978, equation 3.1), a mean over the quantiles;
    the coverage is the share of values within the interval, whose nominal one
    is the difference of the outer levels; of one quantile there is none.
    """
    error = np.subtract(truth[..., None], quantiles, dtype=np.float64)
    above = np.array(levels)
    losses = np.maximum(above * error, (above - 1.0) * error)
    scores = {"pinball": float(np.mean(losses))}
    if len(levels) > 1:
        low, high = quantiles[..., 0], quantiles[..., -1]
        scores["coverage"] = float(np.mean(within(low, truth, high)))
        scores["interval_width"] = float(np.mean(high - low))
    return scores


def within(low: np.ndarray, truth: np.ndarray, high: np.ndarray) -> np.ndarray:
    return np.asarray((low <= truth) & (truth <= high))


def around(
    forecast: np.ndarray, errors: np.ndarray, levels: list[float]
) -> np.ndarray:
    """Quantiles (N, horizon, D, Q) of a point forecast (N, horizon, D).

    errors (M, horizon, D) are those of other windows: their quantiles at each
    step ahead are added to the forecast.
    """
    spread = np.quantile(errors, levels, axis=0)  # (Q, horizon, D)
    return np.asarray(forecast[..., None] + np.moveaxis(spread, 0, -1))
