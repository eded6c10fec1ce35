"""What a run records of its detections: errors along the series, the ROC."""

from typing import Any

import numpy as np

from shared.task import Dataset
from shared.tasks.forecasting.anomaly_scores import baseline_errors, step_errors

ROC_POINTS = 60
SHOWN = 1200
"""Points of a curve, and of the test split, that a report draws."""


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    train, test = step_errors(outputs, dataset)
    labels, baselines = dataset.arrays["labels"], baseline_errors(dataset)
    return {
        "values": thinned(dataset.arrays["values"]),
        "labelled": thinned(labels > 0),
        "errors": thinned(test),
        "threshold": float(np.quantile(train, dataset.metadata["quantile"])),
        "roc": roc(test, labels),
        "baseline_roc": {n: roc(e, labels) for n, (_, e) in baselines.items()},
    }


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
