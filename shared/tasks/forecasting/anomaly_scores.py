"""From errors to detections, and how these meet labelled windows."""

from __future__ import annotations

from typing import Any

import numpy as np

from shared.task import Scores

ROC_POINTS = 60
"""Points of a curve that a report draws."""


def threshold_of(calm: np.ndarray, quantile: float) -> float:
    """The quantile of the training errors."""
    return float(np.quantile(calm, quantile))


def alarms(errors: np.ndarray, threshold: float, gap: int) -> np.ndarray:
    """Number from 1 of the alarm at each step (n,), 0 for none.

    Detections at most `gap` steps from each other form one alarm.
    """
    steps = np.flatnonzero(errors > threshold)
    numbers = np.zeros(len(errors), np.int32)
    if len(steps):
        numbers[steps] = 1 + np.cumsum(np.diff(steps, prepend=steps[0]) > gap)
    return numbers


def window_scores(
    calm: np.ndarray,
    errors: np.ndarray,
    labels: np.ndarray,
    quantile: float,
    gap: int,
) -> Scores:
    """Precision, recall and F1 of windows, and the ROC AUC of steps.

    A window is detected if an alarm overlaps it; an alarm is correct if it
    overlaps a window. calm: errors of the training split, which alone set the
    threshold.
    """
    from sklearn.metrics import roc_auc_score

    found = alarms(errors, threshold_of(calm, quantile), gap)
    windows = np.unique(labels[labels > 0])
    hit = np.unique(labels[(labels > 0) & (found > 0)])
    right = np.unique(found[(labels > 0) & (found > 0)])
    count = int(found.max(initial=0))
    precision = len(right) / count if count else 0.0
    recall = len(hit) / len(windows)
    both = precision + recall
    return {
        "f1": 2 * precision * recall / both if both else 0.0,
        "precision": precision,
        "recall": recall,
        "alarms": float(count),
        "auc": float(roc_auc_score(labels > 0, errors)),
    }


def roc(errors: np.ndarray, labels: np.ndarray) -> dict[str, Any]:
    """False and true positive rates over thresholds, thinned."""
    from sklearn.metrics import roc_curve

    false, true, _ = roc_curve(labels > 0, errors)
    kept = np.unique(np.linspace(0, len(false) - 1, ROC_POINTS).astype(int))
    return {
        "false": np.round(false[kept], 4).tolist(),
        "true": np.round(true[kept], 4).tolist(),
    }


def rolling_z(values: np.ndarray, window: int) -> np.ndarray:
    """Deviations of a value from the mean of the window before it: (n,)."""
    import pandas

    before = pandas.Series(values).shift(1).rolling(window, min_periods=2)
    spread = before.std().replace(0.0, np.nan)
    found = ((pandas.Series(values) - before.mean()) / spread).abs()
    filled: np.ndarray = found.fillna(0.0).to_numpy()
    return filled


def beyond_quartiles(values: np.ndarray, train: np.ndarray) -> np.ndarray:
    """Distance in interquartile ranges from the training quartiles: (n,)."""
    low, high = np.quantile(train, [0.25, 0.75])
    outside = np.maximum(low - values, values - high)
    ranges: np.ndarray = np.maximum(outside, 0.0) / (high - low)
    return ranges
