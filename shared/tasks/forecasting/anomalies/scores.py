"""From errors to detections, and their scores against labeled windows."""

import numpy as np

from shared.task import Dataset, Scores


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Mean squared error, and for the test split the window scores."""
    if part != "test":
        return {"mse": float(example_mse(outputs, part, dataset).mean())}
    train, test = step_errors(outputs, dataset)
    mse = {"mse": float(test.mean())}
    if not dataset.metadata["windows"]:
        return mse | {"alarms": float(alarms_of(train, test, dataset).max())}
    return window_scores(train, test, dataset) | mse


def example_mse(outputs: np.ndarray, part: str, dataset: Dataset) -> np.ndarray:
    """Mean squared error of each example: (N,)."""
    errors = (outputs.astype(np.float64) - getattr(dataset, part).y) ** 2
    return errors.reshape(len(errors), -1).mean(axis=1)


def step_errors(
    outputs: np.ndarray, dataset: Dataset
) -> tuple[np.ndarray, np.ndarray]:
    """Running means of the training errors, and of those of each test row."""
    errors, metadata = example_mse(outputs, "test", dataset), dataset.metadata
    parts = np.split(errors, [metadata["train_windows"]])
    train, test = (running_mean(e, metadata["smoothing_window"]) for e in parts)
    return train, test[-metadata["rows"][2] :]


def running_mean(errors: np.ndarray, steps: int) -> np.ndarray:
    """Mean of the last `steps` errors, or of those there are: (n,)."""
    sums = np.cumsum(np.insert(errors, 0, 0.0))
    ends = np.arange(1, len(errors) + 1)
    begins = np.maximum(0, ends - steps)
    return (sums[ends] - sums[begins]) / (ends - begins)


def alarms(errors: np.ndarray, threshold: float, gap: int) -> np.ndarray:
    """Number from 1 of the alarm at each step (n,), 0 for none.

    Detections at most `gap` steps from each other form one alarm.
    """
    steps = np.flatnonzero(errors > threshold)
    numbers = np.zeros(len(errors), np.int32)
    if len(steps):
        numbers[steps] = 1 + np.cumsum(np.diff(steps, prepend=steps[0]) > gap)
    return numbers


def alarms_of(
    train_errors: np.ndarray, errors: np.ndarray, dataset: Dataset
) -> np.ndarray:
    """The number of the alarm at each test row, 0 for none: (n,).

    The training errors alone set the threshold.
    """
    metadata = dataset.metadata
    threshold = float(np.quantile(train_errors, metadata["quantile"]))
    return alarms(errors, threshold, metadata["window"])


def window_scores(
    train_errors: np.ndarray, errors: np.ndarray, dataset: Dataset
) -> Scores:
    """Precision, recall and F1 of windows, and the ROC AUC of steps.

    A window is detected if an alarm overlaps it; an alarm is correct if it
    overlaps a window.
    """
    from sklearn.metrics import roc_auc_score

    labels = dataset.arrays["labels"]
    numbers = alarms_of(train_errors, errors, dataset)
    overlap = (labels > 0) & (numbers > 0)
    count = int(numbers.max(initial=0))
    precision = len(np.unique(numbers[overlap])) / count if count else 0.0
    recall = len(np.unique(labels[overlap])) / len(
        np.unique(labels[labels > 0])
    )
    total = precision + recall
    return {
        "f1": 2 * precision * recall / total if total else 0.0,
        "precision": precision,
        "recall": recall,
        "alarms": float(count),
        "auc": float(roc_auc_score(labels > 0, errors)),
    }


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Other detectors; without labels, errors of the training mean."""
    if not dataset.metadata["windows"]:
        mean = np.zeros(dataset.test.y.shape)
        return {"training mean": score(mean, "test", dataset)}
    return {
        name: window_scores(*errors, dataset)
        for name, errors in baseline_errors(dataset).items()
    }


def baseline_errors(
    dataset: Dataset,
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Baseline -> running means of its errors on training and test rows."""
    metadata, scaled = dataset.metadata, dataset.arrays["scaled"]
    first, _, last = metadata["rows"]
    errors = {
        "rolling z-score": rolling_z(scaled, metadata["window"]),
        "interquartile range": beyond_quartiles(scaled, scaled[:first]),
    }
    steps = metadata["smoothing_window"]
    means = {name: running_mean(e, steps) for name, e in errors.items()}
    return {name: (mean[:first], mean[-last:]) for name, mean in means.items()}


def rolling_z(values: np.ndarray, window: int) -> np.ndarray:
    """Deviations of a value from the mean of the window before it: (n,)."""
    import pandas

    before = pandas.Series(values).shift(1).rolling(window, min_periods=2)
    spread = before.std().replace(0.0, np.nan)
    z = ((pandas.Series(values) - before.mean()) / spread).abs()
    return np.asarray(z.fillna(0.0))


def beyond_quartiles(values: np.ndarray, train: np.ndarray) -> np.ndarray:
    """Distance in interquartile ranges from the training quartiles: (n,)."""
    low, high = np.quantile(train, [0.25, 0.75])
    outside = np.maximum(low - values, values - high)
    return np.maximum(outside, 0.0) / ((high - low) or 1.0)
