"""Repeat the symbol of some steps ago: how far back a cell remembers."""

from dataclasses import dataclass

import numpy as np

from shared.errors import SpecError
from shared.exhibits.memory import example_table
from shared.fields import check, count, from_zero, option
from shared.specs import ModelSpec, cosine_training
from shared.task import Dataset, Scores, Task
from shared.tasks.memory.synthetic import (
    Arrays,
    correct_examples,
    details,
    generate,
    score,
)

MOST_SYMBOLS = 2**31 - 1
"""They are stored as int32."""

TARGETS = 30
"""Steps of a sequence that have a target, unless its length is given."""


@dataclass(frozen=True)
class EchoData:
    dataset: str = option("echo", "synthetic sequences", ("echo",))
    symbols: int = option(
        8, "number of different symbols", least=2, most=MOST_SYMBOLS
    )
    lag: int = count(10, "time steps from a symbol to its echo")
    steps: int = from_zero(
        0, f"length T of a sequence, in time steps; 0: the lag and {TARGETS}"
    )
    train_sequences: int = count(6400, "sequences of the training split")
    validation_sequences: int = count(500, "sequences of the validation split")
    test_sequences: int = count(1000, "sequences of the test split")

    def __post_init__(self) -> None:
        check(self)
        if self.steps and self.lag >= self.steps:
            raise SpecError(
                f"lag {self.lag} must be less than steps {self.steps}: "
                "nothing would be repeated"
            )


def load(data: EchoData, seed: int) -> Dataset:
    """Random symbols (N, T, 1), and those of `lag` steps before (N, T)."""
    length = data.steps or data.lag + TARGETS

    def sample(rng: np.random.Generator, count: int) -> Arrays:
        x = rng.integers(0, data.symbols, (count, length), np.int32)
        y = np.full(x.shape, -1, np.int32)
        y[:, data.lag :] = x[:, : -data.lag]
        return x[..., None], y

    return Dataset(
        *generate(data, seed, sample),
        input_size=data.symbols,
        output_size=data.symbols,
        metadata={"symbols": data.symbols, "lag": data.lag, "steps": length},
    )


def summarize(dataset: Dataset) -> list[str]:
    metadata = dataset.metadata
    return [
        f"{len(dataset.train.x):,} sequences of {metadata['steps']} steps, "
        f"{metadata['symbols']} symbols, each repeated {metadata['lag']} "
        "steps later"
    ]


def baselines(dataset: Dataset) -> dict[str, Scores]:
    count = dataset.metadata["symbols"]
    return {"chance": {"accuracy": 1.0 / count, "loss": float(np.log(count))}}


TASK = Task(
    name="echo",
    summary="the symbol of some steps ago (memory)",
    model=ModelSpec(model="tagger", input="onehot", hidden_size=64),
    train=cosine_training(epochs=20, batch_size=64, learning_rate=1e-2),
    data=EchoData(),
    presets={"quick": {"train": {"epochs": 10}}, "standard": {"seeds": 3}},
    threads=1,
    metric="accuracy",
    better="higher",
    load=load,
    score=score,
    examples=correct_examples,
    baselines=baselines,
    details=details,
    summarize=summarize,
    exhibits=example_table,
    sweep_defaults={"init": ("matched", "native")},
)
