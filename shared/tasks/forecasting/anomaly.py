"""Detect anomalies in a series by the errors of a model."""

from functools import partial
from pathlib import Path

import numpy as np

from shared.datasets import nab
from shared.errors import SpecError
from shared.exhibits.anomaly import exhibits
from shared.files import catalogue
from shared.specs import ModelSpec, Split, cosine_training
from shared.task import Dataset, Splits, Task
from shared.tasks.forecasting.anomalies.data import (
    MODELS,
    AnomalyData,
    adapt,
    ends_of,
    read_labeled,
    scale,
)
from shared.tasks.forecasting.anomalies.details import details
from shared.tasks.forecasting.anomalies.scores import baselines, score


def load(data: AnomalyData, seed: int) -> Dataset:
    """Windows of the series, scaled by the training split.

    The test split begins with the training windows, in their order, whose
    errors only set the threshold.
    """
    series, labels, hashes = read_labeled(data)
    values, size = series.values[:, -1], data.window
    first, second, _ = ends_of(len(values))
    if size >= first:
        raise SpecError(
            f"window {size} must be less than the {first:,} rows of the "
            "training part"
        )
    mean, deviation = scale(
        Path(data.data).name or data.dataset, values[:first]
    )
    scaled = ((values - mean) / deviation).astype(np.float32)
    cut = partial(windows, size=size, error=data.error)
    train, test = cut(scaled[:first]), cut(scaled[second - size :])
    validation = cut(scaled[first - size : second])
    x, y = map(np.concatenate, zip(train[:2], test[:2], strict=True))
    known, note = scored(labels, second, len(values))
    return Dataset(
        *Splits(train, validation, Split(x, y, None)),
        input_size=1,
        output_size=1,
        metric="" if known.any() else "mse",
        model=MODELS[data.error],
        hashes=hashes,
        metadata={
            "rows": [first, second - first, len(values) - second],
            "train_windows": len(train.x),
            "smoothing_window": data.smoothing_window,
            "quantile": data.quantile,
            "window": size,
            "windows": len(np.unique(known[known > 0])),
            "notes": [*series.notes, *filter(None, [note])],
        },
        arrays={
            "labels": known,
            "times": np.array(series.times[second:], object),
            "values": values[second:],
            "scaled": scaled,
        },
    )


def scored(
    labels: np.ndarray | None, first: int, rows: int
) -> tuple[np.ndarray, str]:
    """The labels of the test rows, 0 where they cannot be scored, and why."""
    if labels is None:
        given = "--label-column or --label-file gives some"
        return np.zeros(rows - first, np.int32), f"no labels: {given}"
    known = labels[first:]
    if 0 < np.count_nonzero(known) < len(known):
        return known, ""
    which = "all of the" if known.any() else "none of the"
    note = f"{which} {len(known):,} test rows are labeled: no F1"
    return np.zeros_like(known), note


def windows(scaled: np.ndarray, size: int, error: str) -> Split:
    """Each window (N, T, 1); the target is itself, or the next value (N, 1)."""
    ahead = int(error == "forecast")
    rows = scaled[: len(scaled) - ahead]
    views = np.lib.stride_tricks.sliding_window_view(rows, size)
    x = np.ascontiguousarray(views[:, :, None])
    return Split(x, scaled[size:, None] if ahead else x, None)


def summarize(dataset: Dataset) -> list[str]:
    rows = " / ".join(f"{count:,}" for count in dataset.metadata["rows"])
    return [
        f"{rows} rows (train / validation / test), "
        f"{dataset.metadata['windows']} labeled windows in the test split",
        f"windows of {dataset.metadata['window']} steps, errors averaged over "
        f"{dataset.metadata['smoothing_window']}",
        *dataset.metadata["notes"],
    ]


TASK = Task(
    name="anomaly",
    summary="labeled anomalies of a series (autoencoder, or forecast error)",
    model=ModelSpec(model="autoencoder", input="values", hidden_size=32),
    train=cosine_training(epochs=12, batch_size=64, learning_rate=3e-3),
    data=AnomalyData(),
    presets={
        "quick": {
            "train": {"epochs": 5, "learning_rate": 5e-3},
            "data": {"window": 24},
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
    adapt=adapt,
    fetchers={
        name: partial(catalogue.fetch, nab.files(name)) for name in nab.NAMES
    },
    exhibits=exhibits,
)
