"""Detect anomalies in a series by the errors of a model."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from shared.datasets import nab
from shared.errors import SpecError
from shared.exhibits.anomaly import exhibits
from shared.fields import check, count, option
from shared.files import catalogue
from shared.specs import ModelSpec, Split, cosine_training
from shared.task import Dataset, Splits, Task
from shared.tasks.forecasting.anomaly_details import details
from shared.tasks.forecasting.anomaly_scores import baselines, score

SHARES = (0.4, 0.5)
"""Ends of the training and of the validation split."""

MODELS = {"reconstruction": "autoencoder", "forecast": "forecaster"}
"""Kind of error -> the model whose error it is."""


@dataclass(frozen=True)
class AnomalyData:
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
    smoothing_window: int = count(
        24, "time steps over which errors are averaged"
    )
    quantile: float = option(
        0.995,
        "quantile of the training errors above which an alarm is raised",
        above=0.0,
        below=1.0,
    )

    def __post_init__(self) -> None:
        check(self)


def load(data: AnomalyData, seed: int) -> Dataset:
    """Windows of the series, scaled by the training split.

    The test split begins with the training windows, in their order, whose
    errors only set the threshold.
    """
    series, labels = nab.read_nab(data.dataset)
    values, size = series.values[:, 0], data.window
    first, second = (int(share * len(values)) for share in SHARES)
    if size >= first:
        raise SpecError(
            f"window {size} must be less than the {first:,} rows of the "
            "training part"
        )
    mean, deviation = values[:first].mean(), values[:first].std()
    scaled = ((values - mean) / deviation).astype(np.float32)
    cut = partial(windows, size=size, error=data.error)
    train, test = cut(scaled[:first]), cut(scaled[second - size :])
    validation = cut(scaled[first - size : second])
    x, y = map(np.concatenate, zip(train[:2], test[:2], strict=True))
    return Dataset(
        *Splits(train, validation, Split(x, y, None)),
        input_size=1,
        output_size=1,
        model=MODELS[data.error],
        hashes=catalogue.hashes(nab.files(data.dataset)),
        metadata={
            "rows": [first, second - first, len(values) - second],
            "train_windows": len(train.x),
            "smoothing_window": data.smoothing_window,
            "quantile": data.quantile,
            "window": size,
            "windows": len(np.unique(labels[second:])) - 1,
            "notes": list(series.notes),
        },
        arrays={
            "labels": labels[second:],
            "values": values[second:],
            "scaled": scaled,
        },
    )


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
    fetchers={
        name: partial(catalogue.fetch, nab.files(name)) for name in nab.NAMES
    },
    exhibits=exhibits,
)
