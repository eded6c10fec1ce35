"""Add the two marked numbers of a long sequence (Hochreiter 1997)."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from shared.exhibits.memory import sums_and_predictions
from shared.fields import check, count, option
from shared.metrics import mae, rmse, squared_errors
from shared.specs import ModelSpec, cosine_training
from shared.task import (
    Dataset,
    Examples,
    Published,
    Scores,
    Task,
    means_of,
)
from shared.tasks.memory.synthetic import Arrays, generate

BAI = "Bai et al. 2018, Table 1"
SHOWN = 200
"""Test sequences of which a report draws sum and prediction."""


@dataclass(frozen=True)
class AddingData:
    dataset: str = option("adding", "synthetic sequences", ("adding",))
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

    def sample(rng: np.random.Generator, count: int) -> Arrays:
        rows, half = np.arange(count), data.steps // 2
        first = rng.integers(0, half, count)
        second = rng.integers(half, data.steps, count)
        x = np.zeros((count, data.steps, 2), np.float32)
        x[..., 0] = rng.uniform(size=x.shape[:2])
        x[rows, first, 1] = x[rows, second, 1] = 1.0
        return x, (x[rows, first, :1] + x[rows, second, :1])

    return Dataset(
        *generate(data, seed, sample),
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


def score_examples(outputs: np.ndarray, dataset: Dataset) -> Examples:
    return means_of(squared_errors(outputs, dataset.test.y), "sequences")


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Predicting the mean, 1, has an MSE of 1/6."""
    return {"no memory": {"mse": 1.0 / 6.0, "mae": 1.0 / 3.0}}


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    return {
        name: values[:SHOWN, 0].astype(float).round(3).tolist()
        for name, values in (("sum", dataset.test.y), ("answer", outputs))
    }


TASK = Task(
    name="adding",
    summary="the sum of two marked numbers far apart (memory)",
    model=ModelSpec(model="forecaster", input="values", hidden_size=64),
    train=cosine_training(epochs=8, batch_size=64, learning_rate=1e-2),
    data=AddingData(),
    presets={
        "quick": {
            "train": {"epochs": 4},
            "data": {"steps": 50, "train_sequences": 12_800},
        },
        "standard": {},
        "paper": {"data": {"steps": 600}},
    },
    metric="mse",
    better="lower",
    load=load,
    score=score,
    examples=score_examples,
    baselines=baselines,
    details=details,
    summarize=summarize,
    exhibits=sums_and_predictions,
    published=(
        Published("LSTM, T 600", 0.164, "mse", BAI),
        Published("GRU, T 600", 5.3e-5, "mse", BAI),
        Published("RNN, T 600", 0.177, "mse", BAI),
    ),
)
