"""What a run records of its detections: errors along the series, the ROC."""

from typing import Any

import numpy as np

from shared.task import Dataset
from shared.tasks.forecasting.anomalies.scores import (
    alarms_of,
    baseline_errors,
    step_errors,
)

LISTED = 50
"""Alarms that a run lists."""

ROC_POINTS = 60
SHOWN = 1200
"""Points of a curve, and of the test split, that a report draws."""


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    train, test = step_errors(outputs, dataset)
    labels = dataset.arrays["labels"]
    threshold = float(np.quantile(train, dataset.metadata["quantile"]))
    found = {
        "values": thinned(dataset.arrays["values"]),
        "labelled": thinned(labels > 0),
        "errors": thinned(test),
        "threshold": threshold,
        "alarms": listed(train, test, dataset),
    }
    if not labels.any():
        return found
    errors = baseline_errors(dataset)
    curves = {name: roc(e, labels) for name, (_, e) in errors.items()}
    return found | {"roc": roc(test, labels), "baseline_roc": curves}


def listed(
    train: np.ndarray, test: np.ndarray, dataset: Dataset
) -> list[dict[str, Any]]:
    """The first alarms: times, rows, and the largest error of each."""
    numbers = alarms_of(train, test, dataset)
    labels, times = dataset.arrays["labels"], dataset.arrays["times"]
    found = []
    for number in range(1, min(int(numbers.max()), LISTED) + 1):
        rows = np.flatnonzero(numbers == number)
        found.append(
            {
                "first": str(times[rows[0]]),
                "last": str(times[rows[-1]]),
                "rows": len(rows),
                "error": float(f"{test[rows].max():.4g}"),
                "labelled": bool(labels[rows].any()),
            }
        )
    return found


def thinned(values: np.ndarray) -> list[float]:
    """At most SHOWN values, each the maximum of its interval."""
    size = -(-len(values) // SHOWN)
    starts = np.arange(0, len(values), size)
    maxima = np.maximum.reduceat(values.astype(np.float64), starts)
    return [float(f"{value:.4g}") for value in maxima]


def roc(errors: np.ndarray, labels: np.ndarray) -> dict[str, Any]:
    """False and true positive rates over thresholds, thinned."""
    from sklearn.metrics import roc_curve

    false, true, _ = roc_curve(labels > 0, errors)
    rows = np.unique(np.linspace(0, len(false) - 1, ROC_POINTS).astype(int))
    rates = {"false": false, "true": true}
    return {name: np.round(r[rows], 4).tolist() for name, r in rates.items()}
