"""Tell the digit that is spoken, or who speaks it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from shared import metrics
from shared.datasets.fsdd import FILE, RATE, Recording, read_recordings
from shared.datasets.fsdd import fetch as fetch_recordings
from shared.errors import DataError, SpecError, unknown
from shared.exhibits.confusion import confusion_exhibits
from shared.files import catalogue
from shared.files.user_file import UserFile, hashes
from shared.specs import ModelSpec, Split, TrainSpec, option
from shared.task import Dataset, Scores, Splits, Task
from shared.tasks.audio.log_mel import centred, log_mel

TARGETS: dict[str, Callable[[Recording], str]] = {
    "digit": lambda recording: str(recording.digit),
    "speaker": lambda recording: recording.speaker,
}
WATCHED = 10
"""Takes before this one, and not for test, watch training."""

TESTED = 5
"""Takes before this one are the official test part."""

LICENCE = "licence of the recordings: CC BY-SA 4.0, Z. Jackson and others"


@dataclass(frozen=True)
class SpokenData(UserFile):
    """The recordings, what is told of them, who is held out."""

    dataset: str = option("fsdd", "data set of recordings", choices=("fsdd",))
    target: str = option("digit", "what is classified", choices=tuple(TARGETS))
    split: str = option(
        "official",
        "official: the first five takes are the test split; "
        "speaker: all takes of one speaker are",
        choices=("official", "speaker"),
    )
    speaker: str = option("theo", "held-out speaker when --split is speaker")
    n_mels: int = option(40, "mel bands D of each frame", least=1)
    normalize: str = option(
        "auto",
        "normalize by statistics of the training split, or each "
        "recording first by its own; auto: recording if --split is "
        "speaker",
        choices=("auto", "training", "recording"),
    )
    max_train_takes: int = option(
        0, "training takes per digit and speaker; 0: all"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.split == self.target == "speaker":
            raise SpecError(
                "split speaker holds a speaker out whom target speaker would "
                "have to know"
            )

    @property
    def each(self) -> bool:
        """Whether each recording is scaled by itself first."""
        if self.normalize == "auto":
            return self.split == "speaker"
        return self.normalize == "recording"


def fetch(data: SpokenData, progress: bool) -> None:
    if not data.data:
        fetch_recordings()


def load(data: SpokenData, seed: int) -> Dataset:
    """Log energies (N, T, D), scaled by the training split, classes (N,).

    All training seeds share the splits; `seed` changes nothing.
    """
    path = Path(data.data) if data.data else catalogue.locate(FILE)
    found, notes = read_recordings(path)
    told = TARGETS[data.target]
    classes = sorted({told(recording) for recording in found})
    groups = parts_of(found, data)
    scaled = centred if data.each else np.asarray
    frames = [
        [scaled(log_mel(r.samples, RATE, data.n_mels)) for r in group]
        for group in groups
    ]
    joined = np.concatenate(frames[0])
    mean, deviation = joined.mean(axis=0), joined.std(axis=0)
    longest = max(len(one) for part in frames for one in part)

    def split(group: list[Recording], read: list[np.ndarray]) -> Split:
        x = np.zeros((len(read), longest, data.n_mels), np.float32)
        for row, one in enumerate(read):
            x[row, : len(one)] = (one - mean) / deviation
        y = [classes.index(told(recording)) for recording in group]
        lengths = [len(one) for one in read]
        return Split(x, np.array(y, np.int32), np.array(lengths, np.int32))

    return Dataset(
        *Splits(*map(split, groups, frames)),
        input_size=data.n_mels,
        output_size=len(classes),
        hashes=hashes(data) if data.data else catalogue.hashes([FILE]),
        metadata={
            "classes": classes,
            "speakers": sorted({r.speaker for r in found}),
            "frames": longest,
            "notes": [*([] if data.data else [LICENCE]), *notes],
        },
    )


def parts_of(
    found: list[Recording], data: SpokenData
) -> tuple[list[Recording], list[Recording], list[Recording]]:
    speakers = sorted({recording.speaker for recording in found})
    if data.split == "speaker" and data.speaker not in speakers:
        raise SpecError(unknown("speaker", data.speaker, speakers))

    def tested(recording: Recording) -> bool:
        if data.split == "speaker":
            return recording.speaker == data.speaker
        return recording.take < TESTED

    end = WATCHED + data.max_train_takes if data.max_train_takes else math.inf
    rest = [r for r in found if not tested(r)]
    parts = (
        [r for r in rest if WATCHED <= r.take < end],
        [r for r in rest if r.take < WATCHED],
        [r for r in found if tested(r)],
    )
    for name, part in zip(Splits._fields, parts, strict=True):
        if not part:
            raise DataError(f"no recording is for the {name} part")
    return parts


def summarize(dataset: Dataset) -> list[str]:
    sizes = " / ".join(
        f"{len(getattr(dataset, p).x):,}" for p in Splits._fields
    )
    metadata = dataset.metadata
    return [
        f"{sizes} recordings (train / validation / test) of "
        f"{len(metadata['speakers'])} speakers, "
        f"{len(metadata['classes'])} classes, "
        f"at most {metadata['frames']} frames of 10 ms",
        *metadata["notes"],
    ]


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Accuracy and macro F1 of logits (N, K)."""
    targets = getattr(dataset, part).y
    return {
        "accuracy": metrics.accuracy(outputs, targets),
        "macro_f1": metrics.macro_f1(outputs, targets),
    }


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Majority class, and a linear model of means and deviations."""
    from sklearn.linear_model import LogisticRegression

    def summary(split: Split) -> np.ndarray:
        pairs = zip(split.x, np.asarray(split.lengths), strict=True)
        read = [one[:length] for one, length in pairs]
        return np.array([[*r.mean(axis=0), *r.std(axis=0)] for r in read])

    train, test = dataset.train, dataset.test
    counts = np.bincount(train.y, minlength=dataset.output_size)
    linear = LogisticRegression(max_iter=1000)
    linear.fit(summary(train), train.y)
    guesses = {
        "majority class": np.tile(counts, (len(test.y), 1)),
        "logistic regression": linear.decision_function(summary(test)),
    }
    return {
        name: score(outputs, "test", dataset)
        for name, outputs in guesses.items()
    }


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    counts = metrics.confusion(outputs, dataset.test.y)
    return {
        "classes": dataset.metadata["classes"],
        "confusion": counts.tolist(),
    }


TASK = Task(
    name="digits",
    summary="spoken digits or their speakers (classification)",
    model=ModelSpec(
        model="classifier", input="values", hidden_size=64, dropout=0.2
    ),
    train=TrainSpec(
        epochs=10,
        batch_size=32,
        learning_rate=3e-3,
        lr_schedule="cosine",
        clip_norm=1.0,
    ),
    data=SpokenData(),
    presets={
        "quick": {
            "train": {"epochs": 6, "learning_rate": 5e-3},
            "data": {"max_train_takes": 20},
            "seeds": 1,
        },
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
    fetch=fetch,
    exhibits=lambda runs: confusion_exhibits(runs, "recordings"),
)
