"""Forecast the next value of one noisy sine wave from a window of it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from shared.errors import SpecError
from shared.exhibits.sine import exhibits
from shared.fields import check, count, from_zero, option
from shared.metrics import mae, rmse, squared_errors
from shared.specs import PARTS, ModelSpec, Split, cosine_training
from shared.task import (
    Dataset,
    Examples,
    Scores,
    Splits,
    Task,
    means_of,
    scores_of,
)

SHOWN, ERRORS = 120, 10
"""Test steps that a report draws, and worst forecasts that it lists."""


@dataclass(frozen=True)
class SineData:
    dataset: str = option("sine", "time series", ("sine",))
    noise: float = from_zero(0.1, "standard deviation of the noise")
    window: int = option(20, "time steps T of the input window", least=2)
    shortest_period: float = option(12.0, "shortest period in steps", above=2.0)
    longest_period: float = option(36.0, "longest period in steps", above=2.0)
    train_steps: int = count(3092, "time steps of the training split")
    validation_steps: int = count(660, "time steps of the validation split")
    test_steps: int = count(1020, "time steps of the test split")

    def __post_init__(self) -> None:
        check(self)
        if self.shortest_period > self.longest_period:
            raise SpecError(
                f"shortest_period {self.shortest_period} is more than "
                f"longest_period {self.longest_period}"
            )
        for part in PARTS:
            steps = getattr(self, f"{part}_steps")
            if steps <= self.window:
                raise SpecError(
                    f"{part}_steps must be more than window {self.window}, "
                    f"not {steps}"
                )


def load(data: SineData, seed: int) -> Dataset:
    """Windows x (N, T, 1) of a wave that follows from the seed; y (N, 1).

    The splits are consecutive stretches, each cut into its own windows, so that
    no value is in two splits.
    """
    rng = np.random.default_rng([seed, 3])
    period = rng.uniform(data.shortest_period, data.longest_period)
    phase = rng.uniform(0.0, 2.0 * np.pi)
    lengths = [getattr(data, f"{part}_steps") for part in PARTS]
    steps = np.arange(sum(lengths))
    clean = np.sin(2.0 * np.pi * steps / period + phase)
    noisy = clean + data.noise * rng.standard_normal(len(steps))
    waves = np.stack([noisy, clean]).astype(np.float32)
    windows = sliding_window_view(waves, data.window + 1, axis=1)
    starts, splits, arrays = np.cumsum([0, *lengths[:-1]]), {}, {}
    for part, start, length in zip(PARTS, starts, lengths, strict=True):
        noisy, clean = windows[:, start : start + length - data.window]
        x, y = noisy[:, :-1, None].copy(), noisy[:, -1:].copy()
        splits[part] = Split(x, y, None)
        arrays[f"clean_{part}"] = clean[:, -1:].copy()
    return Dataset(
        *Splits(**splits),
        input_size=1,
        output_size=1,
        metadata={"period": period, "phase": phase, "noise": data.noise},
        arrays=arrays,
    )


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
    return means_of(errors, "windows", dependent=True)


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Last value, and least squares on the T values and a constant."""
    train, test = (
        np.column_stack([split.x[:, :, 0], np.ones(len(split.x))])
        for split in (dataset.train, dataset.test)
    )
    weights, *_ = np.linalg.lstsq(train, dataset.train.y, rcond=None)
    forecasts = {
        "last value": dataset.test.x[:, -1],
        "linear autoregression": test @ weights,
    }
    return scores_of(score, forecasts, dataset)


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """The first test steps, and the steps with the worst forecasts."""
    noisy, clean = dataset.test.y, dataset.arrays["clean_test"]
    series = {"noisy": noisy, "clean": clean, "forecast": outputs}
    worst = np.argsort(-np.abs(outputs - noisy)[:, 0], kind="stable")[:ERRORS]

    def rounded(rows: Any) -> dict[str, list[float]]:
        return {
            name: values[rows, 0].astype(float).round(4).tolist()
            for name, values in series.items()
        }

    first, at_worst = rounded(slice(SHOWN)), rounded(worst)
    return {**first, "worst": {"step": worst.tolist(), **at_worst}}


TASK = Task(
    name="sine",
    summary="next value of a noisy sine wave (many-to-one regression)",
    model=ModelSpec(model="forecaster", input="values", hidden_size=32),
    train=cosine_training(epochs=10, batch_size=64, learning_rate=1e-2),
    data=SineData(),
    presets={
        "quick": {
            "train": {"epochs": 5, "learning_rate": 2e-2},
            "data": {"train_steps": 1620},
        },
        "standard": {"seeds": 3},
    },
    # A step is too short to share: a second thread gains nothing, and where
    # the machine has other work it makes PyTorch many times slower.
    threads=1,
    metric="rmse",
    better="lower",
    load=load,
    score=score,
    examples=score_examples,
    baselines=baselines,
    # No forecast can beat the noiseless wave.
    noise_floor=lambda data: rmse(data.arrays["clean_test"], data.test.y),
    details=details,
    exhibits=exhibits,
)
