"""Foretell which keys sound next in polyphonic music."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from shared.datasets.piano_rolls import FILES, KEYS, Rolls, read_rolls
from shared.errors import SpecError
from shared.exhibits.music import exhibits
from shared.files import catalogue
from shared.specs import ModelSpec, Split, TrainSpec, check, option
from shared.task import Dataset, FrameCodec, Published, Scores, Splits, Task
from shared.tasks.audio.midi import save_midi
from shared.tasks.audio.piano_roll_details import details

BAI = "Bai et al. 2018, Table 1"
CHUNG = "Chung et al. 2014, Table 2"
KEPT = 32
"""First frames of a piece that are kept, to be gone on from."""

SURE = 1e-6
"""Least share that a baseline gives a key or its silence."""


@dataclass(frozen=True)
class MusicData:
    """The pieces; their parts are those of the files."""

    dataset: str = option(
        "jsb", "data set of piano rolls", choices=tuple(FILES)
    )
    train_pieces: int = option(
        0, "training pieces to use, from the first; 0: all", least=0
    )

    def __post_init__(self) -> None:
        check(self)


def fetch(data: MusicData, progress: bool) -> None:
    catalogue.fetch([FILES[data.dataset]], progress)


def load(data: MusicData, seed: int) -> Dataset:
    """Frames (N, T, 88), and the next frames, -1 past a piece's end.

    The first frame of a piece is read but not predicted. All training seeds
    share the splits; `seed` changes nothing.
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
            "frames": [int(sum(map(len, group))) for group in groups],
        },
    )


def summarize(dataset: Dataset) -> list[str]:
    pieces = " / ".join(f"{n:,}" for n in dataset.metadata["pieces"])
    frames = " / ".join(f"{n:,}" for n in dataset.metadata["frames"])
    return [f"{pieces} pieces (train / validation / test), {frames} frames"]


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Negative log-likelihood and F1 of logits (N, T, 88).

    nll: nats per frame, summed over the 88 keys, averaged over all predicted
        frames of the split: long pieces count more. As in Boulanger-Lewandowski
        et al. (2012, section 5), keys are independent given the past. f1: of
        keys with a probability above 0.5.
    """
    targets = getattr(dataset, part).y
    inside = targets[..., 0] >= 0  # (N, T)
    logits = outputs[inside].astype(np.float64)  # (n, 88)
    sounding = targets[inside] == 1
    losses = np.logaddexp(0.0, np.where(sounding, -logits, logits))
    likely = logits > 0
    right = float((likely & sounding).sum())
    found = 2 * right / max(1.0, float(likely.sum() + sounding.sum()))
    return {"nll": float(losses.sum(axis=1).mean()), "f1": found}


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Marginal probability of each key; bigram of each key with itself."""
    told = dataset.train.y[dataset.train.y[..., 0] >= 0] == 1  # (n, 88)
    heard = dataset.train.x[dataset.train.y[..., 0] >= 0] == 1
    shares = {
        "key frequencies": np.stack([told.mean(axis=0)] * 2),
        "keys held": np.stack(
            [
                (told & where).sum(axis=0) / np.maximum(1, where.sum(axis=0))
                for where in (~heard, heard)
            ]
        ),
    }
    before = dataset.test.x.astype(int)  # (N, T, 88)
    keys = np.arange(KEYS)
    return {
        name: score(_logits(share[before, keys]), "test", dataset)
        for name, share in shares.items()
    }


def metadata(dataset: Dataset) -> dict[str, Any]:
    frames = dataset.test.x[0, :KEPT]
    return {"begin": [np.flatnonzero(frame).tolist() for frame in frames]}


def begin(kept: Mapping[str, Any], count: int) -> np.ndarray:
    """The first frames of a piece (P, 88)."""
    if not 1 <= count <= len(kept["begin"]):
        raise SpecError(
            f"the piece has {len(kept['begin'])} first frames, not {count}"
        )
    frames = np.zeros((count, KEYS), np.float32)
    for row, keys in enumerate(kept["begin"][:count]):
        frames[row, keys] = 1.0
    return frames


def _split(pieces: Rolls) -> Split:
    """Frames and the next ones, padded to the longest piece."""
    lengths = np.array([len(piece) - 1 for piece in pieces], np.int32)
    shape = (len(pieces), int(lengths.max()), KEYS)
    x, y = np.zeros(shape, np.float32), np.full(shape, -1, np.int8)
    for row, piece in enumerate(pieces):
        x[row, : len(piece) - 1] = piece[:-1]
        y[row, : len(piece) - 1] = piece[1:]
    return Split(x, y, lengths)


def _logits(shares: np.ndarray) -> np.ndarray:
    """Logits of probabilities, clipped away from 0 and 1."""
    kept = np.clip(shares, SURE, 1.0 - SURE)
    found: np.ndarray = np.log(kept) - np.log1p(-kept)
    return found


CHUNG_SIZES = {"rnn": 100, "gru": 46, "lstm": 36}
"""Chung et al. 2014, Table 1: about 20,000 weights without the head."""

TASK = Task(
    name="music",
    summary="the keys that sound next (many-to-many, 88 outputs)",
    model=ModelSpec(model="frame_model", input="values", hidden_size=46),
    train=TrainSpec(
        epochs=120,
        batch_size=4,
        learning_rate=3e-3,
        lr_schedule="cosine",
        clip_norm=1.0,
        patience=30,
    ),
    data=MusicData(),
    presets={
        "quick": {
            "train": {"epochs": 12, "learning_rate": 1e-2},
            "seeds": 1,
        },
        "standard": {"seeds": 3},
        "paper": {
            "model": {"hidden_size": 200, "dropout": 0.5},
            "train": {"epochs": 100, "learning_rate": 2e-3, "patience": 20},
            "seeds": 1,
        },
    },
    threads=1,
    metric="nll",
    better="lower",
    load=load,
    score=score,
    baselines=baselines,
    details=details,
    summarize=summarize,
    fetch=fetch,
    codec=FrameCodec(metadata, begin, save_midi, ".mid"),
    exhibits=exhibits,
    matched_hidden_sizes={20_000: CHUNG_SIZES},
    published=tuple(
        Published(name, value, "nll", source, dataset)
        for dataset, name, value, source in (
            ("jsb", "LSTM, 300K parameters", 8.45, BAI),
            ("jsb", "GRU, 300K parameters", 8.43, BAI),
            ("jsb", "RNN, 300K parameters", 8.91, BAI),
            ("jsb", "LSTM, 36 units", 8.67, CHUNG),
            ("jsb", "GRU, 46 units", 8.54, CHUNG),
            ("jsb", "tanh, 100 units", 9.10, CHUNG),
            ("nottingham", "LSTM, 1M parameters", 3.29, BAI),
            ("nottingham", "GRU, 1M parameters", 3.46, BAI),
            ("nottingham", "RNN, 1M parameters", 4.05, BAI),
            ("nottingham", "LSTM, 36 units", 3.20, CHUNG),
            ("nottingham", "GRU, 46 units", 3.23, CHUNG),
            ("nottingham", "tanh, 100 units", 3.13, CHUNG),
            ("musedata", "LSTM, 36 units", 6.23, CHUNG),
            ("musedata", "GRU, 46 units", 5.99, CHUNG),
            ("musedata", "tanh, 100 units", 6.23, CHUNG),
        )
    ),
)
