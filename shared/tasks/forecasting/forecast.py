"""Forecast the next steps of a series from a window of it."""

from functools import partial
from pathlib import Path

from shared.datasets import series
from shared.datasets.user_series import read_own
from shared.exhibits.forecasting import exhibits
from shared.files import catalogue, user_file
from shared.specs import ModelSpec, cosine_training
from shared.task import Dataset, Published, Task
from shared.tasks.forecasting.data import series_dataset
from shared.tasks.forecasting.options import ForecastData
from shared.tasks.forecasting.rows import ends_of, with_scale
from shared.tasks.forecasting.scores import (
    baselines,
    details,
    score,
    score_examples,
)
from shared.tasks.forecasting.windows import adapt, season_of

ZHOU = "Zhou et al. 2021"


def load(data: ForecastData, seed: int) -> Dataset:
    if data.data:
        rows = with_scale(read_own(data, data.multivariate))
        season = season_of(rows.step, ends_of(len(rows.values))[0])
        name, hashes = Path(data.data).name, user_file.hashes(data)
        return series_dataset(name, rows, data, (), season, hashes)
    source = series.SOURCES[data.dataset]
    rows = series.read_catalogued(data.dataset)
    if not data.multivariate:
        values = rows.values[:, [source.columns.index(source.target)]]
        rows = rows._replace(columns=(source.target,), values=values)
    hashes = catalogue.hashes([source.file])
    return series_dataset(
        data.dataset, rows, data, source.ends, source.season, hashes
    )


def summarize(dataset: Dataset) -> list[str]:
    metadata = dataset.metadata
    rows = " / ".join(f"{count:,}" for count in metadata["rows"])
    first, last = metadata["from_to"]
    season, step = metadata["season"], metadata["step"]
    return [
        f"{metadata['series']}: {', '.join(metadata['columns'])} "
        f"from {first} to {last}, {rows} rows (train / validation / test)",
        f"windows of {metadata['window']} steps"
        + bool(step) * f" of {step}"
        + f", {metadata['horizon']} ahead"
        + bool(season) * f"; a season is {season} steps",
        *metadata["notes"],
    ]


TASK = Task(
    name="forecast",
    summary="the next steps of a series (many-to-one regression)",
    model=ModelSpec(model="forecaster", input="values", hidden_size=64),
    train=cosine_training(
        epochs=12, batch_size=64, learning_rate=1e-3, patience=4
    ),
    data=ForecastData(),
    presets={
        "quick": {
            "train": {"epochs": 3, "learning_rate": 2e-3},
            "data": {"window": 48},
        },
        "standard": {"seeds": 3},
    },
    threads=1,
    metric="mse",
    better="lower",
    load=load,
    score=score,
    examples=score_examples,
    baselines=baselines,
    details=details,
    summarize=summarize,
    adapt=adapt,
    fetchers={name: partial(series.fetch, name) for name in series.SOURCES},
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
