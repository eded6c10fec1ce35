"""Forecast the next steps of a series from a window of it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from shared.datasets import series
from shared.exhibits.forecasting import exhibits
from shared.specs import ModelSpec, cosine_training
from shared.task import Dataset, Published, Task
from shared.tasks.forecasting.baselines.scored import baselines
from shared.tasks.forecasting.details import details
from shared.tasks.forecasting.options import ForecastData
from shared.tasks.forecasting.scores import score, score_examples
from shared.tasks.forecasting.sources import load
from shared.tasks.forecasting.windows import adapt

ZHOU = "Zhou et al. 2021"


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
        *requested(metadata),
        *metadata["notes"],
    ]


def requested(metadata: Mapping[str, Any]) -> list[str]:
    """Lines on what the options add to a window, or take from the rows."""
    lines = []
    if metadata["returns"]:
        lines.append("values are logarithmic returns, not levels")
    if features := metadata["features"]:
        lines.append(f"also read: {'; '.join(features)}")
    if levels := metadata["quantiles"]:
        shown = ", ".join(f"{level:g}" for level in levels)
        lines.append(f"quantiles of each value: {shown}")
    if (folds := metadata["folds"]) > 1:
        lines.append(
            f"walk-forward evaluation: seed s is of fold s mod {folds}; the "
            f"first is tested from {metadata['test_from']}"
        )
    return lines


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
