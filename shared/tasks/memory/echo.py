"""Repeat the symbol of some steps ago: how far back a cell remembers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from shared.errors import SpecError
from shared.exhibits.memory import example_table
from shared.specs import ModelSpec, TrainSpec, check, count, from_zero, option
from shared.task import Dataset, Scores, Task
from shared.tasks.memory.synthetic import drawn_parts, example_of, step_scores

ASKED = 30
"""Steps of a sequence that have a target, unless its length is given."""


@dataclass(frozen=True)
class EchoData:
    """The symbols, and after how many steps each is repeated."""

    dataset: str = option("echo", "synthetic sequences", choices=("echo",))
    symbols: int = option(8, "number of different symbols", least=2)
    lag: int = count(10, "time steps from a symbol to its echo")
    steps: int = from_zero(
        0,
        f"length T of a sequence, in time steps; 0: the lag and {ASKED}",
    )
    train_sequences: int = count(6400, "sequences of the training split")
    validation_sequences: int = count(500, "sequences of the validation split")
    test_sequences: int = count(1000, "sequences of the test split")

    def __post_init__(self) -> None:
        """Check every field, and that at least one symbol is repeated."""
        check(self)
        if self.steps and self.lag >= self.steps:
            raise SpecError(
                f"lag {self.lag} must be less than steps {self.steps}: "
                "nothing would be repeated"
            )

    @property
    def length(self) -> int:
        """Steps T of a sequence."""
        return self.steps or self.lag + ASKED


def load(data: EchoData, seed: int) -> Dataset:
    """Random symbols (N, T, 1), and those of `lag` steps before (N, T)."""

    def draw(
        rng: np.random.Generator, count: int
    ) -> tuple[np.ndarray, np.ndarray]:
        read = rng.integers(0, data.symbols, (count, data.length), np.int32)
        asked = np.full(read.shape, -1, np.int32)
        asked[:, data.lag :] = read[:, : -data.lag]
        return read[..., None], asked

    return Dataset(
        *drawn_parts(data, seed, draw),
        input_size=data.symbols,
        output_size=data.symbols,
        metadata={
            "symbols": data.symbols,
            "lag": data.lag,
            "steps": data.length,
        },
    )


def summarize(dataset: Dataset) -> list[str]:
    metadata = dataset.metadata
    return [
        f"{len(dataset.train.x):,} sequences of {metadata['steps']} steps, "
        f"{metadata['symbols']} symbols, each repeated {metadata['lag']} "
        "steps later"
    ]


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Accuracy and loss of logits (N, T, K) at the steps that repeat."""
    return step_scores(outputs, getattr(dataset, part).y)


def baselines(dataset: Dataset) -> dict[str, Scores]:
    count = dataset.metadata["symbols"]
    return {"chance": {"accuracy": 1.0 / count, "loss": float(np.log(count))}}


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    return {"example": example_of(outputs, dataset.test)}


TASK = Task(
    name="echo",
    summary="the symbol of some steps ago (memory)",
    model=ModelSpec(model="tagger", input="onehot", hidden_size=64),
    train=TrainSpec(
        epochs=20,
        batch_size=64,
        learning_rate=1e-2,
        lr_schedule="cosine",
        clip_norm=1.0,
    ),
    data=EchoData(),
    presets={
        "quick": {"train": {"epochs": 10}, "seeds": 1},
        "standard": {"seeds": 3},
    },
    threads=1,
    metric="accuracy",
    better="higher",
    load=load,
    score=score,
    baselines=baselines,
    details=details,
    summarize=summarize,
    exhibits=example_table,
    sweep_defaults={"init": ("matched", "native")},
)
