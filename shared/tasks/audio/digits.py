"""Classify the digit that is spoken, or its speaker."""

from functools import partial
from pathlib import Path

import numpy as np

from shared.datasets import fsdd
from shared.errors import DataError
from shared.exhibits.confusion import confusion_exhibits
from shared.files import limits
from shared.specs import ModelSpec, Split, cosine_training
from shared.task import Dataset, Scores, Splits, Task, scores_of
from shared.tasks.audio import recordings, speech_data
from shared.tasks.audio.speech_data import SpokenData, log_mel
from shared.tasks.classification.scores import (
    confusion_details,
    score,
    score_examples,
)
from shared.text.summary import wrap_lines


def load(data: SpokenData, seed: int) -> Dataset:
    """Log energies (N, T, D), scaled by the training split, classes (N,)."""
    found = recordings.read(data)
    labels = {label for part in found.parts.values() for label, _ in part}
    classes = sorted(labels)
    if len(classes) == 1:
        raise DataError(f"{found.path} has one class only: '{classes[0]}'")
    scale = speech_data.centered if data.per_recording else np.asarray
    frames = {
        name: [scale(log_mel(one, found.rate, data.n_mels)) for _, one in part]
        for name, part in found.parts.items()
    }
    joined = np.concatenate(frames["train"])
    mean, deviation = joined.mean(axis=0), joined.std(axis=0)
    deviation[deviation == 0.0] = 1.0  # silence
    longest = max(len(one) for part in frames.values() for one in part)
    count = sum(map(len, frames.values()))
    check_size(found.path, longest, count, data.n_mels)
    splits = []
    for name, energies in frames.items():
        x = np.zeros((len(energies), longest, data.n_mels), np.float32)
        for row, one in enumerate(energies):
            x[row, : len(one)] = (one - mean) / deviation
        y = [classes.index(label) for label, _ in found.parts[name]]
        lengths = np.array(list(map(len, energies)), np.int32)
        splits.append(Split(x, np.array(y, np.int32), lengths))
    return Dataset(
        *Splits(*splits),
        input_size=data.n_mels,
        output_size=len(classes),
        hashes=found.hashes,
        metadata={
            "classes": classes,
            "speakers": found.speakers,
            "frames": longest,
            "notes": found.notes,
        },
    )


def check_size(path: Path, longest: int, count: int, bands: int) -> None:
    """DataError if recordings padded to the longest are above the limit."""
    if longest * count * bands * 4 > limits.FRAMES:
        raise DataError(
            f"{path}: {count:,} recordings, padded to the {longest / 100:,.0f} "
            f"seconds of the longest, take more than {limits.FRAMES >> 30} GiB"
        )


def summarize(dataset: Dataset) -> list[str]:
    metadata = dataset.metadata
    speakers = len(metadata["speakers"])
    sizes = (
        f"{dataset.sizes('recordings')}"
        + bool(speakers) * f" of {speakers} speakers"
        + f", {len(metadata['classes'])} classes, "
        f"at most {metadata['frames']} frames of 10 ms"
    )
    return wrap_lines([sizes, *metadata["notes"]])


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Majority class, and a linear model of means and deviations."""
    from sklearn.linear_model import LogisticRegression

    def statistics(split: Split) -> np.ndarray:
        pairs = zip(split.x, np.asarray(split.lengths), strict=True)
        frames = [one[:length] for one, length in pairs]
        return np.array([[*f.mean(axis=0), *f.std(axis=0)] for f in frames])

    train, test = dataset.train, dataset.test
    counts = np.bincount(train.y, minlength=dataset.output_size)
    outputs: dict[str, np.ndarray] = {}
    outputs["majority class"] = np.tile(counts, (len(test.y), 1))
    if np.count_nonzero(counts) > 1:
        linear = LogisticRegression(max_iter=1000)
        linear.fit(statistics(train), train.y)
        probs = np.zeros((len(test.y), dataset.output_size))
        probs[:, linear.classes_] = linear.predict_proba(statistics(test))
        outputs["logistic regression"] = probs
    return scores_of(score, outputs, dataset)


TASK = Task(
    name="digits",
    summary="spoken digits or their speakers (classification)",
    model=ModelSpec(
        model="classifier", input="values", hidden_size=64, dropout=0.2
    ),
    train=cosine_training(epochs=10, batch_size=32, learning_rate=3e-3),
    data=SpokenData(),
    presets={
        "quick": {
            "train": {"epochs": 6, "learning_rate": 5e-3},
            "data": {"max_train_takes": 20},
        },
        "standard": {"seeds": 3},
    },
    threads=1,
    metric="accuracy",
    better="higher",
    load=load,
    score=score,
    examples=partial(score_examples, unit="recordings"),
    baselines=baselines,
    details=confusion_details,
    summarize=summarize,
    fetchers={"fsdd": fsdd.fetch},
    exhibits=lambda runs: confusion_exhibits(runs, "recordings"),
)
