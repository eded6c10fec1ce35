"""Repeat ten symbols after a long pause (Hochreiter 1997)."""

from dataclasses import dataclass

import numpy as np

from shared.exhibits.memory import example_table
from shared.fields import check, count, option
from shared.specs import ModelSpec, TrainSpec
from shared.task import Dataset, Published, Scores, Task
from shared.tasks.memory import synthetic

BAI = "Bai et al. 2018, Table 1"
COPIED = 10
"""Symbols of a sequence that are to be repeated."""

SYMBOLS = 8
BLANK, SIGNAL = 0, SYMBOLS + 1
"""The inputs of the pause, and of the steps that repeat."""


@dataclass(frozen=True)
class CopyData:
    dataset: str = option("copy", "synthetic sequences", ("copy",))
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
    length = data.steps + 2 * COPIED

    def sample(rng: np.random.Generator, count: int) -> synthetic.Arrays:
        symbols = rng.integers(1, SYMBOLS + 1, (count, COPIED), np.int32)
        x = np.full((count, length), BLANK, np.int32)
        x[:, :COPIED] = symbols
        x[:, -COPIED - 1 :] = SIGNAL
        y = np.full(x.shape, BLANK, np.int32)
        y[:, -COPIED:] = symbols
        return x[..., None], y

    return Dataset(
        *synthetic.generate(data, seed, sample),
        input_size=SYMBOLS + 2,
        output_size=SYMBOLS + 1,
        metadata={"steps": data.steps, "length": length},
    )


def summarize(dataset: Dataset) -> list[str]:
    return [
        f"{len(dataset.train.x):,} sequences: {COPIED} symbols, to be repeated "
        f"{dataset.metadata['steps']} steps later"
    ]


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Loss over all steps (N, T, K), and accuracy on the copied symbols."""
    targets = getattr(dataset, part).y
    correct = outputs.argmax(axis=2)[:, -COPIED:] == targets[:, -COPIED:]
    return {
        "loss": synthetic.score(outputs, part, dataset)["loss"],
        "recall": float(correct.mean()),
        "exact": float(correct.all(axis=1).mean()),
    }


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Without memory: correct blanks, equal probabilities of the symbols."""
    loss = COPIED * float(np.log(SYMBOLS)) / dataset.metadata["length"]
    exact = float(SYMBOLS) ** -COPIED
    return {
        "no memory": {"loss": loss, "recall": 1.0 / SYMBOLS, "exact": exact}
    }


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
        },
        "standard": {},
        "paper": {"data": {"steps": 1000}},
    },
    metric="loss",
    better="lower",
    load=load,
    score=score,
    examples=synthetic.loss_examples,
    baselines=baselines,
    details=synthetic.details,
    summarize=summarize,
    exhibits=example_table,
    published=(
        Published("LSTM, T 1000", 0.0204, "loss", BAI),
        Published("GRU, T 1000", 0.0197, "loss", BAI),
        Published("RNN, T 1000", 0.0202, "loss", BAI),
    ),
)
