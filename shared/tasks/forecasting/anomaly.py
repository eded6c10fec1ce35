"""Find the stretches of a series in which something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from shared.datasets import nab
from shared.exhibits.anomaly import exhibits
from shared.files import catalogue
from shared.specs import ModelSpec, Split, TrainSpec, check, option
from shared.task import Dataset, Scores, Splits, Task
from shared.tasks.forecasting.anomaly_details import thinned
from shared.tasks.forecasting.anomaly_scores import (
    beyond_quartiles,
    roc,
    rolling_z,
    threshold_of,
    window_scores,
)

SHARES = (0.4, 0.5)
"""Ends of the training and of the validation part."""

MODELS = {"reconstruction": "autoencoder", "forecast": "forecaster"}
"""Kind of error -> the model whose error it is."""


@dataclass(frozen=True)
class AnomalyData:
    """The series, whose errors are watched, and when they are an alarm."""

    dataset: str = option(
        "nyc_taxi",
        "time series of the Numenta Anomaly Benchmark",
        choices=tuple(nab.NAMES),
    )
    error: str = option(
        "reconstruction",
        "score a window by its reconstruction error, or the next "
        "value by its forecast error",
        choices=tuple(MODELS),
    )
    window: int = option(48, "time steps T of a window", least=2)
    smoothing_window: int = option(
        24, "time steps over which errors are averaged", least=1
    )
    quantile: float = option(
        0.995,
        "quantile of the training errors above which an alarm is raised",
        above=0.0,
        below=1.0,
    )

    def __post_init__(self) -> None:
        check(self)


def fetch(data: AnomalyData, progress: bool) -> None:
    catalogue.fetch(nab.files(data.dataset), progress)


def load(data: AnomalyData, seed: int) -> Dataset:
    """Windows (N, T, 1), and themselves or the next value as targets.

    Scaled by the training split. The test split begins with the training
    windows, in their order, whose errors only set the threshold. All training
    seeds share the splits; `seed` changes nothing.
    """
    series, labels = nab.read_nab(data.dataset)
    values = series.values[:, 0]
    first, second = (int(share * len(values)) for share in SHARES)
    mean, deviation = values[:first].mean(), values[:first].std()
    scaled = ((values - mean) / deviation).astype(np.float32)
    cut = CUTS[data.error]
    train = cut(scaled[:first], data.window)
    test = cut(scaled[second - data.window :], data.window)
    asked = len(values) - second
    x, y = map(np.concatenate, zip(train[:2], test[:2], strict=True))
    return Dataset(
        *Splits(
            train,
            cut(scaled[first - data.window : second], data.window),
            Split(x, y, None),
        ),
        input_size=1,
        output_size=1,
        model=MODELS[data.error],
        hashes=catalogue.hashes(nab.files(data.dataset)),
        metadata={
            "rows": [first, second - first, asked],
            "calm": len(train.x),
            "smoothing_window": data.smoothing_window,
            "quantile": data.quantile,
            "window": data.window,
            "windows": len(np.unique(labels[second:])) - 1,
            "notes": list(series.notes),
        },
        arrays={
            "labels": labels[second:],
            "values": values[second:],
            "scaled": scaled,
        },
    )


def summarize(dataset: Dataset) -> list[str]:
    rows = " / ".join(f"{count:,}" for count in dataset.metadata["rows"])
    return [
        f"{rows} rows (train / validation / test), "
        f"{dataset.metadata['windows']} labelled windows in the test part",
        *dataset.metadata["notes"],
    ]


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Mean squared error, and for the test split the window scores."""
    errors = squared(outputs, part, dataset)
    if part != "test":
        return {"mse": float(errors.mean())}
    calm, found = parted(errors, dataset)
    return judged(calm, found, dataset) | {"mse": float(found.mean())}


def squared(outputs: np.ndarray, part: str, dataset: Dataset) -> np.ndarray:
    """Mean squared error of each example (N,)."""
    gap = outputs.astype(np.float64) - getattr(dataset, part).y
    errors: np.ndarray = (gap**2).reshape(len(gap), -1).mean(axis=1)
    return errors


def parted(
    errors: np.ndarray, dataset: Dataset
) -> tuple[np.ndarray, np.ndarray]:
    """Smoothed training errors, and smoothed errors of each test step."""
    metadata = dataset.metadata
    calm = averaged(errors[: metadata["calm"]], metadata["smoothing_window"])
    found = averaged(errors[metadata["calm"] :], metadata["smoothing_window"])
    return calm, found[-metadata["rows"][2] :]


def averaged(errors: np.ndarray, steps: int) -> np.ndarray:
    """Running mean over the last `steps` errors: (n,)."""
    sums = np.cumsum(np.insert(errors, 0, 0.0))
    ends = np.arange(1, len(errors) + 1)
    begins = np.maximum(0, ends - steps)
    means: np.ndarray = (sums[ends] - sums[begins]) / (ends - begins)
    return means


def judged(calm: np.ndarray, errors: np.ndarray, dataset: Dataset) -> Scores:
    """Scores of errors against the labeled windows."""
    metadata = dataset.metadata
    labels = dataset.arrays["labels"]
    how = (metadata["quantile"], metadata["window"])
    return window_scores(calm, errors, labels, *how)


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Rolling z-score, and distance from the training quartiles."""
    return {
        name: judged(*errors, dataset)
        for name, errors in plain_errors(dataset).items()
    }


def plain_errors(dataset: Dataset) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    metadata, scaled = dataset.metadata, dataset.arrays["scaled"]
    first, _, asked = metadata["rows"]
    found = {
        "rolling z-score": rolling_z(scaled, metadata["window"]),
        "interquartile range": beyond_quartiles(scaled, scaled[:first]),
    }
    smooth = metadata["smoothing_window"]
    averages = {name: averaged(e, smooth) for name, e in found.items()}
    return {name: (e[:first], e[-asked:]) for name, e in averages.items()}


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    calm, errors = parted(squared(outputs, "test", dataset), dataset)
    labels = dataset.arrays["labels"]
    return {
        "values": thinned(dataset.arrays["values"]),
        "labelled": thinned(labels > 0),
        "errors": thinned(errors),
        "threshold": threshold_of(calm, dataset.metadata["quantile"]),
        "roc": roc(errors, labels),
        "baseline_roc": {
            name: roc(found, labels)
            for name, (_, found) in plain_errors(dataset).items()
        },
    }


def _windows(scaled: np.ndarray, size: int) -> Split:
    """Each window (N, T, 1) as input and target."""
    views = np.lib.stride_tricks.sliding_window_view(scaled, size)
    x = np.ascontiguousarray(views[:, :, None])
    return Split(x, x, None)


def _nexts(scaled: np.ndarray, size: int) -> Split:
    """Each window (N, T, 1), and the next value (N, 1)."""
    views = np.lib.stride_tricks.sliding_window_view(scaled[:-1], size)
    x = np.ascontiguousarray(views[:, :, None])
    return Split(x, scaled[size:, None], None)


CUTS: dict[str, Callable[[np.ndarray, int], Split]] = {
    "reconstruction": _windows,
    "forecast": _nexts,
}

TASK = Task(
    name="anomaly",
    summary="labelled anomalies of a series (autoencoder, or forecast error)",
    model=ModelSpec(model="autoencoder", input="values", hidden_size=32),
    train=TrainSpec(
        epochs=12,
        batch_size=64,
        learning_rate=3e-3,
        lr_schedule="cosine",
        clip_norm=1.0,
    ),
    data=AnomalyData(),
    presets={
        "quick": {
            "train": {"epochs": 5, "learning_rate": 5e-3},
            "data": {"window": 24},
            "seeds": 1,
        },
        "standard": {"seeds": 3},
    },
    threads=1,
    metric="f1",
    better="higher",
    monitor=("mse", "lower"),
    load=load,
    score=score,
    baselines=baselines,
    details=details,
    summarize=summarize,
    fetch=fetch,
    exhibits=exhibits,
)
