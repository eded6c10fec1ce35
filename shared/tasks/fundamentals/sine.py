"""Forecast the next value of a noisy sine wave from a window of it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from shared.exhibits.sine import exhibits
from shared.metrics import mae, rmse, squared_errors
from shared.specs import ModelSpec, cosine_training
from shared.task import Dataset, Examples, Scores, Task, means_of, scores_of
from shared.tasks.fundamentals.waves import OF_ONE, ONE, WaveData, load

SHOWN, WAVES, ERRORS = 120, 3, 10
"""Test steps of one wave, or waves, that a report draws; errors it lists."""


def adapt(
    records: Mapping[str, Any], given: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """The noise and the periods of one wave, unless given."""
    usual = OF_ONE if records["data"].dataset == ONE else {}
    named = given["data"]
    return {"data": {n: v for n, v in usual.items() if n not in named}}


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Errors of forecasts (N, 1) against noisy and clean next values."""
    noisy, clean = getattr(dataset, part).y, dataset.arrays[f"clean_{part}"]
    return {
        "rmse": rmse(outputs, noisy),
        "mae": mae(outputs, noisy),
        "rmse_clean": rmse(outputs, clean),
        "mae_clean": mae(outputs, clean),
    }


def score_examples(outputs: np.ndarray, dataset: Dataset) -> Examples:
    errors = squared_errors(outputs, dataset.test.y)
    forecasts = dataset.metadata.get("test_forecasts", 0)
    if not forecasts:
        return means_of(errors, "windows", dependent=True)
    sums = errors.reshape(-1, forecasts).sum(axis=1)
    return means_of(sums, "waves", np.full(len(sums), forecasts))


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Last value, and least squares on the T values and a constant."""
    train, test = (
        np.column_stack([split.x[:, :, 0], np.ones(len(split.x))])
        for split in (dataset.train, dataset.test)
    )
    targets = dataset.train.y.reshape(len(train), -1)[:, -1:]  # (N, 1)
    weights, *_ = np.linalg.lstsq(train, targets, rcond=None)
    forecasts = {
        "last value": dataset.test.x[:, -1],
        "linear autoregression": test @ weights,
    }
    return scores_of(score, forecasts, dataset)


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """The first forecasts, the values before them, and the worst ones."""
    noisy, clean = dataset.test.y, dataset.arrays["clean_test"]
    series = {"noisy": noisy, "clean": clean, "forecast": outputs}
    worst = np.argsort(-np.abs(outputs - noisy)[:, 0], kind="stable")[:ERRORS]
    forecasts = dataset.metadata.get("test_forecasts", 0)

    def rounded(rows: Any) -> dict[str, list[float]]:
        return {
            name: values[rows, 0].astype(float).round(4).tolist()
            for name, values in series.items()
        }

    found = {"worst": {"step": worst.tolist(), **rounded(worst)}}
    if not forecasts:
        return {**rounded(slice(SHOWN)), **found}
    shown = rounded(slice(WAVES * forecasts))
    starts = dataset.test.x[: WAVES * forecasts : forecasts, :, 0]  # (W, T)
    inputs = starts.astype(float).round(4).tolist()
    return {**shown, **found, "inputs": inputs}


TASK = Task(
    name="sine",
    summary="next value of a noisy sine wave (many-to-one regression)",
    model=ModelSpec(model="forecaster", input="values", hidden_size=32),
    train=cosine_training(epochs=10, batch_size=64, learning_rate=1e-2),
    data=WaveData(),
    presets={
        "quick": {"train": {"epochs": 5}},
        "standard": {"seeds": 3},
    },
    # A step is too short to share: a second thread gains nothing, and where
    # the machine has other work it makes PyTorch many times slower.
    threads=1,
    metric="rmse",
    better="lower",
    load=load,
    adapt=adapt,
    score=score,
    examples=score_examples,
    baselines=baselines,
    # No forecast can beat the noiseless wave.
    noise_floor=lambda data: rmse(data.arrays["clean_test"], data.test.y),
    details=details,
    exhibits=exhibits,
)
