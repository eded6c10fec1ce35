"""Add the two marked numbers of a long sequence (Hochreiter 1997)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from shared.exhibits.kinds import Exhibit, Lines, RunView, Series, one_seed
from shared.metrics import mae, rmse
from shared.specs import ModelSpec, TrainSpec, check, count, option
from shared.task import Dataset, Published, Scores, Task
from shared.tasks.memory.synthetic import drawn_parts

BAI = "Bai et al. 2018, Table 1"
SHOWN = 200
"""Test sequences of which a report draws sum and answer."""


@dataclass(frozen=True)
class AddingData:
    """The sequences: a number and a mark at each step."""

    dataset: str = option("adding", "synthetic sequences", choices=("adding",))
    steps: int = option(200, "length T of a sequence, in time steps", least=2)
    train_sequences: int = count(16_000, "sequences of the training split")
    validation_sequences: int = count(500, "sequences of the validation split")
    test_sequences: int = count(1000, "sequences of the test split")

    def __post_init__(self) -> None:
        check(self)


def load(data: AddingData, seed: int) -> Dataset:
    """Numbers in [0, 1] with marks (N, T, 2), sums of two (N, 1).

    One number of each half is marked with 1, all others with 0.
    """

    def draw(
        rng: np.random.Generator, count: int
    ) -> tuple[np.ndarray, np.ndarray]:
        rows, half = np.arange(count), data.steps // 2
        first = rng.integers(0, half, count)
        second = rng.integers(half, data.steps, count)
        x = np.zeros((count, data.steps, 2), np.float32)
        x[..., 0] = rng.uniform(size=x.shape[:2])
        x[rows, first, 1] = x[rows, second, 1] = 1.0
        return x, (x[rows, first, :1] + x[rows, second, :1])

    return Dataset(
        *drawn_parts(data, seed, draw),
        input_size=2,
        output_size=1,
        metadata={"steps": data.steps},
    )


def summarize(dataset: Dataset) -> list[str]:
    return [
        f"{len(dataset.train.x):,} sequences of {dataset.metadata['steps']} "
        "numbers, two of them marked"
    ]


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Mean squared and absolute error of sums (N, 1)."""
    targets = getattr(dataset, part).y
    return {"mse": rmse(outputs, targets) ** 2, "mae": mae(outputs, targets)}


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Predicting the mean, 1, has an MSE of 1/6."""
    return {"no memory": {"mse": 1.0 / 6.0, "mae": 1.0 / 3.0}}


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    pairs = {"sum": dataset.test.y[:SHOWN, 0], "answer": outputs[:SHOWN, 0]}
    return {
        name: [round(float(v), 3) for v in values]
        for name, values in pairs.items()
    }


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    first = one_seed(runs, "answer")
    if not first:
        return []
    answers = [
        Series(
            run.cell,
            tuple(run.details["answer"]),
            tuple(run.details["sum"]),
            kind="points",
        )
        for run in first
    ]
    return [
        Lines(
            name="answers",
            title=f"Answer over sum, {first[0].framework}",
            text="A point a test sequence; who remembers nothing says 1.",
            x_label="sum of the marked numbers",
            y_label="answer",
            series=(
                Series("right", (0.0, 2.0), (0.0, 2.0), dash="dot"),
                *answers,
            ),
        )
    ]


TASK = Task(
    name="adding",
    summary="the sum of two marked numbers far apart (memory)",
    model=ModelSpec(model="forecaster", input="values", hidden_size=64),
    train=TrainSpec(
        epochs=8,
        batch_size=64,
        learning_rate=1e-2,
        lr_schedule="cosine",
        clip_norm=1.0,
    ),
    data=AddingData(),
    presets={
        "quick": {
            "train": {"epochs": 4},
            "data": {"steps": 50, "train_sequences": 12_800},
            "seeds": 1,
        },
        "standard": {"seeds": 1},
        "paper": {"data": {"steps": 600}, "seeds": 1},
    },
    threads=0,
    metric="mse",
    better="lower",
    load=load,
    score=score,
    baselines=baselines,
    details=details,
    summarize=summarize,
    exhibits=exhibits,
    published=(
        Published("LSTM, T 600", 0.164, "mse", BAI),
        Published("GRU, T 600", 5.3e-5, "mse", BAI),
        Published("RNN, T 600", 0.177, "mse", BAI),
    ),
)
