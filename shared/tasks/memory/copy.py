"""Write ten symbols again after a long pause (Hochreiter 1997)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from shared.exhibits.memory import example_table
from shared.specs import ModelSpec, TrainSpec, check, count, option
from shared.task import Dataset, Published, Scores, Task
from shared.tasks.memory.synthetic import drawn_parts, example_of, step_scores

BAI = "Bai et al. 2018, Table 1"
KEPT = 10
"""Symbols that are to be written again."""

SYMBOLS = 8
BLANK, SIGNAL = 0, SYMBOLS + 1
"""What is read while nothing happens, and while symbols are asked for."""


@dataclass(frozen=True)
class CopyData:
    """The sequences: ten symbols, a pause, a signal."""

    dataset: str = option("copy", "synthetic sequences", choices=("copy",))
    steps: int = count(50, "time steps T between the symbols and their copy")
    train_sequences: int = count(32_000, "sequences of the training split")
    validation_sequences: int = count(500, "sequences of the validation split")
    test_sequences: int = count(1000, "sequences of the test split")

    def __post_init__(self) -> None:
        check(self)


def load(data: CopyData, seed: int) -> Dataset:
    """Symbols, blanks and signal (N, T + 20, 1), targets (N, T + 20).

    As Arjovsky et al. (2016, section 5.1): ten symbols, T - 1 blanks, and from
    then on the signal; the symbols are the targets of the last ten steps,
    blanks those of all earlier steps.
    """
    length = data.steps + 2 * KEPT

    def draw(
        rng: np.random.Generator, count: int
    ) -> tuple[np.ndarray, np.ndarray]:
        symbols = rng.integers(1, SYMBOLS + 1, (count, KEPT), np.int32)
        read = np.full((count, length), BLANK, np.int32)
        read[:, :KEPT] = symbols
        read[:, -KEPT - 1 :] = SIGNAL
        due = np.full(read.shape, BLANK, np.int32)
        due[:, -KEPT:] = symbols
        return read[..., None], due

    return Dataset(
        *drawn_parts(data, seed, draw),
        input_size=SYMBOLS + 2,
        output_size=SYMBOLS + 1,
        metadata={"steps": data.steps, "length": length},
    )


def summarize(dataset: Dataset) -> list[str]:
    return [
        f"{len(dataset.train.x):,} sequences: {KEPT} symbols, to be written "
        f"again {dataset.metadata['steps']} steps later"
    ]


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Loss over all steps (N, T, K), and accuracy on the copied symbols."""
    targets = getattr(dataset, part).y
    right = outputs.argmax(axis=2)[:, -KEPT:] == targets[:, -KEPT:]
    return {
        "loss": step_scores(outputs, targets)["loss"],
        "recall": float(right.mean()),
        "exact": float(right.all(axis=1).mean()),
    }


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Without memory: correct blanks, uniform guesses of the symbols."""
    loss = KEPT * float(np.log(SYMBOLS)) / dataset.metadata["length"]
    exact = float(SYMBOLS) ** -KEPT
    return {
        "no memory": {"loss": loss, "recall": 1.0 / SYMBOLS, "exact": exact}
    }


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    return {"example": example_of(outputs, dataset.test)}


TASK = Task(
    name="copy",
    summary="ten symbols again after a long pause (memory)",
    model=ModelSpec(
        model="tagger",
        input="onehot",
        hidden_size=128,
        forget_bias=3.0,
        update_bias=2.0,
    ),
    train=TrainSpec(
        epochs=10, batch_size=64, learning_rate=5e-3, clip_norm=1.0
    ),
    data=CopyData(),
    presets={
        "quick": {
            "train": {"epochs": 4},
            "data": {"steps": 10, "train_sequences": 12_800},
            "seeds": 1,
        },
        "standard": {"seeds": 1},
        "paper": {"data": {"steps": 1000}, "seeds": 1},
    },
    threads=0,
    metric="loss",
    better="lower",
    load=load,
    score=score,
    baselines=baselines,
    details=details,
    summarize=summarize,
    exhibits=example_table,
    published=(
        Published("LSTM, T 1000", 0.0204, "loss", BAI),
        Published("GRU, T 1000", 0.0197, "loss", BAI),
        Published("RNN, T 1000", 0.0202, "loss", BAI),
    ),
)
