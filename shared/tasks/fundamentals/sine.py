"""Forecast the next value of one noisy sine wave from a window of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from shared.errors import SpecError
from shared.exhibits.kinds import (
    Exhibit,
    Lines,
    RunView,
    Series,
    TextTable,
    best_runs,
    one_seed,
)
from shared.metrics import mae, rmse
from shared.specs import (
    PARTS,
    ModelSpec,
    Split,
    TrainSpec,
    check,
    from_zero,
    option,
)
from shared.task import Dataset, Scores, Splits, Task, scores_of

SHOWN = 120
"""Test steps that a report draws."""

ERRORS = 10
"""Worst forecasts that a report lists."""


@dataclass(frozen=True)
class SineData:
    """Options of the wave and its windows; lengths are in time steps."""

    dataset: str = option("sine", "time series", choices=("sine",))
    noise: float = from_zero(0.1, "standard deviation of the noise")
    window: int = option(20, "time steps T of the input window", least=2)
    shortest_period: float = option(
        12.0, "shortest period of a sine wave, in time steps", above=2.0
    )
    longest_period: float = option(
        36.0, "longest period of a sine wave, in time steps", above=2.0
    )
    train_steps: int = option(3092, "time steps of the training split", least=2)
    validation_steps: int = option(
        660, "time steps of the validation split", least=2
    )
    test_steps: int = option(1020, "time steps of the test split", least=2)

    def __post_init__(self) -> None:
        """Check every field, the order of periods and room for a window."""
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
    """One wave whose period, phase and noise follow from the seed.

    The three splits are consecutive stretches, each cut into its own windows,
    so that no value is in two splits.
    """
    rng = np.random.default_rng([seed, 3])
    period = rng.uniform(data.shortest_period, data.longest_period)
    phase = rng.uniform(0.0, 2.0 * np.pi)
    lengths = [getattr(data, f"{part}_steps") for part in PARTS]
    steps = np.arange(sum(lengths))
    clean = np.sin(2.0 * np.pi * steps / period + phase)
    noisy = clean + data.noise * rng.standard_normal(len(steps))

    ends = np.cumsum(lengths)
    splits, arrays = {}, {}
    for part, length, end in zip(PARTS, lengths, ends, strict=True):
        stretch = slice(end - length, end)
        splits[part] = _windows(noisy[stretch], data.window)
        arrays[f"clean_{part}"] = _windows(clean[stretch], data.window).y
    return Dataset(
        *Splits(**splits),
        input_size=1,
        output_size=1,
        metadata={"period": period, "phase": phase, "noise": data.noise},
        arrays=arrays,
    )


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Errors of forecasts (N, 1) against noisy and clean next values."""
    noisy = getattr(dataset, part).y
    clean = dataset.arrays[f"clean_{part}"]
    return {
        "rmse": rmse(outputs, noisy),
        "mae": mae(outputs, noisy),
        "rmse_clean": rmse(outputs, clean),
        "mae_clean": mae(outputs, clean),
    }


def noise_floor(dataset: Dataset) -> float:
    """The test RMSE of the noiseless wave, which no forecast can beat."""
    return rmse(dataset.arrays["clean_test"], dataset.test.y)


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Repeating the last value, and a linear autoregression."""
    forecasts = {
        "last value": dataset.test.x[:, -1],
        "linear autoregression": _autoregression(dataset),
    }
    return scores_of(score, forecasts, dataset)


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """The first test steps, and the steps with the worst forecasts."""
    series = {
        "noisy": dataset.test.y[:, 0],
        "clean": dataset.arrays["clean_test"][:, 0],
        "forecast": outputs[:, 0],
    }
    errors = np.abs(series["forecast"] - series["noisy"])
    worst = np.argsort(-errors, kind="stable")[:ERRORS]
    shown: dict[str, Any] = {
        name: _rounded(values[:SHOWN]) for name, values in series.items()
    }
    at_worst = {
        name: _rounded(values[worst]) for name, values in series.items()
    }
    return shown | {"worst": {"step": worst.tolist(), **at_worst}}


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    first = one_seed(runs, "forecast")
    if not first:
        return []
    name, seed = first[0].framework, first[0].seed
    truth = first[0].details
    forecasts = [
        Series(run.cell, tuple(run.details["forecast"])) for run in first
    ]
    shown: list[Exhibit] = [
        Lines(
            name="forecast",
            title=f"Forecast and truth, {name}, seed {seed}",
            text=(
                f"The first {len(truth['noisy'])} steps of the test part: "
                "each forecast sees only the noisy values before it."
            ),
            x_label="test step",
            y_label="value",
            series=(
                Series("noisy truth", tuple(truth["noisy"]), kind="points"),
                Series("clean truth", tuple(truth["clean"])),
                *forecasts,
            ),
        )
    ]
    worst = [run for run in best_runs(runs) if "worst" in run.details]
    return [*shown, _worst(worst)] if worst else shown


def _worst(runs: list[RunView]) -> TextTable:
    columns = ("step", "noisy", "clean", "forecast")
    rows = [
        (run.seed, *values, round(values[3] - values[1], 4))
        for run in runs
        for values in zip(*(run.details["worst"][name] for name in columns))
    ]
    rows.sort(key=lambda row: -abs(row[-1]))
    return TextTable(
        name="worst",
        title=f"Worst forecasts, {runs[0].framework} {runs[0].cell}",
        text=(
            "The largest errors on the whole test part. Where noisy and "
            "clean lie far apart, the noise could not have been foreseen."
        ),
        headings=("seed", "test step", "noisy", "clean", "forecast", "error"),
        rows=tuple(rows[:ERRORS]),
    )


def _rounded(values: np.ndarray) -> list[float]:
    return [round(float(value), 4) for value in values]


def _windows(series: np.ndarray, size: int) -> Split:
    """All windows of a stretch (n,): x (n-T, T, 1), the next y (n-T, 1)."""
    views = np.lib.stride_tricks.sliding_window_view(series[:-1], size)
    x = views[:, :, None].astype(np.float32)
    return Split(x, series[size:, None].astype(np.float32), None)


def _autoregression(dataset: Dataset) -> np.ndarray:
    """Least squares on the window's T values and a constant: (N, 1)."""

    def regressors(split: Split) -> np.ndarray:
        window = split.x[:, :, 0].astype(np.float64)
        return np.column_stack([window, np.ones(len(window))])

    coefficients, *_ = np.linalg.lstsq(
        regressors(dataset.train), dataset.train.y, rcond=None
    )
    forecast: np.ndarray = regressors(dataset.test) @ coefficients
    return forecast


TASK = Task(
    name="sine",
    summary="next value of a noisy sine wave (many-to-one regression)",
    model=ModelSpec(model="forecaster", input="values", hidden_size=32),
    train=TrainSpec(
        epochs=10,
        batch_size=64,
        learning_rate=1e-2,
        lr_schedule="cosine",
        clip_norm=1.0,
    ),
    data=SineData(),
    presets={
        "quick": {
            "train": {"epochs": 5, "learning_rate": 2e-2},
            "data": {"train_steps": 1620},
            "seeds": 1,
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
    baselines=baselines,
    noise_floor=noise_floor,
    details=details,
    exhibits=exhibits,
)
