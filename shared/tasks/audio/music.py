"""Predict the keys that sound next in polyphonic music."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from shared.datasets.piano_rolls import FILES, KEYS, Rolls, read_rolls
from shared.exhibits.music import exhibits
from shared.fields import check, from_zero, option
from shared.files import catalogue
from shared.specs import ModelSpec, Split, cosine_training
from shared.task import Dataset, Published, Splits, Task
from shared.tasks.audio import piano_rolls

BAI = "Bai et al. 2018, Table 1"
CHUNG = "Chung et al. 2014, Table 2"


@dataclass(frozen=True)
class MusicData:
    dataset: str = option(
        "jsb", "data set of piano rolls", choices=tuple(FILES)
    )
    train_pieces: int = from_zero(
        0, "training pieces to use, from the first; 0: all"
    )

    def __post_init__(self) -> None:
        check(self)


def load(data: MusicData, seed: int) -> Dataset:
    """Frames (N, T, 88), and the next frames, -1 past a piece's end.

    The first frame of a piece is read but not predicted.
    """
    train, validation, test = read_rolls(data.dataset)
    groups = (train[: data.train_pieces or None], validation, test)
    return Dataset(
        *Splits(*map(_split, groups)),
        input_size=KEYS,
        output_size=KEYS,
        hashes=catalogue.hashes([FILES[data.dataset]]),
        metadata={
            "pieces": [len(group) for group in groups],
            "frames": [sum(map(len, group)) for group in groups],
        },
    )


def _split(pieces: Rolls) -> Split:
    """Frames and the next ones, padded to the longest piece."""
    lengths = np.array([len(piece) - 1 for piece in pieces], np.int32)
    shape = (len(pieces), int(lengths.max()), KEYS)
    x, y = np.zeros(shape, np.float32), np.full(shape, -1, np.int8)
    for row, (piece, length) in enumerate(zip(pieces, lengths, strict=True)):
        x[row, :length], y[row, :length] = piece[:-1], piece[1:]
    return Split(x, y, lengths)


def summarize(dataset: Dataset) -> list[str]:
    pieces = " / ".join(f"{n:,}" for n in dataset.metadata["pieces"])
    frames = " / ".join(f"{n:,}" for n in dataset.metadata["frames"])
    return [f"{pieces} pieces (train / validation / test), {frames} frames"]


TASK = Task(
    name="music",
    summary="the keys that sound next (many-to-many, 88 outputs)",
    model=ModelSpec(model="frame_model", input="values", hidden_size=46),
    train=cosine_training(
        epochs=120, batch_size=4, learning_rate=3e-3, patience=30
    ),
    data=MusicData(),
    presets={
        "quick": {"train": {"epochs": 12, "learning_rate": 1e-2}},
        "standard": {"seeds": 3},
        "paper": {
            "model": {"hidden_size": 200, "dropout": 0.5},
            "train": {"epochs": 100, "learning_rate": 2e-3, "patience": 20},
        },
    },
    threads=1,
    metric="nll",
    better="lower",
    load=load,
    score=piano_rolls.score,
    examples=piano_rolls.score_examples,
    baselines=piano_rolls.baselines,
    details=piano_rolls.details,
    summarize=summarize,
    fetchers={
        name: partial(catalogue.fetch, [file]) for name, file in FILES.items()
    },
    codec=piano_rolls.CODEC,
    exhibits=exhibits,
    # Chung et al. 2014, Table 1: about 20,000 weights without the head.
    matched_hidden_sizes={20_000: {"rnn": 100, "gru": 46, "lstm": 36}},
    published=(
        Published("LSTM, 300K parameters", 8.45, "nll", BAI, "jsb"),
        Published("GRU, 300K parameters", 8.43, "nll", BAI, "jsb"),
        Published("RNN, 300K parameters", 8.91, "nll", BAI, "jsb"),
        Published("LSTM, 36 units", 8.67, "nll", CHUNG, "jsb"),
        Published("GRU, 46 units", 8.54, "nll", CHUNG, "jsb"),
        Published("tanh, 100 units", 9.10, "nll", CHUNG, "jsb"),
        Published("LSTM, 1M parameters", 3.29, "nll", BAI, "nottingham"),
        Published("GRU, 1M parameters", 3.46, "nll", BAI, "nottingham"),
        Published("RNN, 1M parameters", 4.05, "nll", BAI, "nottingham"),
        Published("LSTM, 36 units", 3.20, "nll", CHUNG, "nottingham"),
        Published("GRU, 46 units", 3.23, "nll", CHUNG, "nottingham"),
        Published("tanh, 100 units", 3.13, "nll", CHUNG, "nottingham"),
        Published("LSTM, 36 units", 6.23, "nll", CHUNG, "musedata"),
        Published("GRU, 46 units", 5.99, "nll", CHUNG, "musedata"),
        Published("tanh, 100 units", 6.23, "nll", CHUNG, "musedata"),
    ),
)
