"""Forecast the next steps of a series from a window of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from shared.datasets import series
from shared.datasets.user_series import Series, UserSeries, read_series
from shared.exhibits.forecasting import exhibits
from shared.files import catalogue
from shared.files.user_file import hashes
from shared.specs import ModelSpec, TrainSpec, option
from shared.task import Dataset, Published, Scores, Task
from shared.tasks.forecasting.data import Cut, series_dataset
from shared.tasks.forecasting.details import details
from shared.tasks.forecasting.scores import baselines, scores

ZHOU = "Zhou et al. 2021"


@dataclass(frozen=True)
class ForecastData(UserSeries):
    """The series, and how far back and ahead a forecast looks."""

    dataset: str = option("etth1", "time series", choices=tuple(series.SOURCES))
    window: int = option(96, "time steps T of the input window", least=2)
    horizon: int = option(24, "time steps to forecast", least=1)
    multivariate: bool = option(
        False, "read and forecast every column, not the target column alone"
    )
    residual: bool = option(
        True, "read and forecast differences from the last value"
    )


def fetch(data: ForecastData, progress: bool) -> None:
    if not data.data:
        series.fetch(data.dataset, progress)


def load(data: ForecastData, seed: int) -> Dataset:
    """Windows (N, T, D) and targets, scaled: (N, horizon · K).

    All training seeds share the splits; `seed` changes nothing.
    """
    if data.data:
        return series_dataset(
            Path(data.data).name,
            _own(data),
            _cut(data, 0),
            ends=(),
            season=0,
            hashes=hashes(data),
        )
    source = series.SOURCES[data.dataset]
    return series_dataset(
        data.dataset,
        series.read_catalogued(data.dataset),
        _cut(data, source.columns.index(source.target)),
        source.ends,
        source.season,
        catalogue.hashes([source.file]),
    )


def summarize(dataset: Dataset) -> list[str]:
    metadata = dataset.metadata
    rows = " / ".join(f"{count:,}" for count in metadata["rows"])
    first, last = metadata["from_to"]
    return [
        f"{metadata['series']}: {', '.join(metadata['columns'])} "
        f"from {first} to {last}, {rows} rows (train / validation / test)",
        f"windows of {metadata['window']} steps, {metadata['horizon']} ahead",
        *metadata["notes"],
    ]


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """MSE, MAE, RMSE and MASE, in training standard deviations."""
    return scores(outputs, part, dataset)


def _own(data: ForecastData) -> Series:
    columns = (data.target_column,)
    path = Path(data.data)
    return read_series(
        path, data.time_column, columns, data.encoding, data.fill
    )


def _cut(data: ForecastData, target: int) -> Cut:
    column = None if data.multivariate else target
    return Cut(data.window, data.horizon, column, data.residual)


TASK = Task(
    name="forecast",
    summary="the next steps of a series (many-to-one regression)",
    model=ModelSpec(model="forecaster", input="values", hidden_size=64),
    train=TrainSpec(
        epochs=12,
        batch_size=64,
        learning_rate=1e-3,
        lr_schedule="cosine",
        clip_norm=1.0,
        patience=4,
    ),
    data=ForecastData(),
    presets={
        "quick": {
            "train": {"epochs": 3, "learning_rate": 2e-3},
            "data": {"window": 48},
            "seeds": 1,
        },
        "standard": {"seeds": 3},
    },
    threads=1,
    metric="mse",
    better="lower",
    load=load,
    score=score,
    baselines=baselines,
    details=details,
    summarize=summarize,
    fetch=fetch,
    exhibits=exhibits,
    published=tuple(
        Published(
            f"{name}, horizon {horizon}",
            value,
            "mse",
            f"{ZHOU}, Table {1 + multivariate}",
            "etth1",
            {"horizon": horizon, "multivariate": multivariate},
        )
        for name, multivariate, horizon, value in (
            ("LSTMa", False, 24, 0.114),
            ("LSTMa", False, 48, 0.193),
            ("DeepAR", False, 24, 0.107),
            ("DeepAR", False, 48, 0.162),
            ("LSTMa", True, 24, 0.650),
            ("LSTMa", True, 48, 0.702),
        )
    ),
)
