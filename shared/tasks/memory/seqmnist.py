"""Tell a handwritten digit from its pixels, read one after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from shared import metrics
from shared.datasets import mnist
from shared.errors import SpecError
from shared.exhibits.confusion import confusion_exhibits
from shared.files import catalogue
from shared.specs import (
    ModelSpec,
    Split,
    TrainSpec,
    check,
    count,
    from_zero,
    option,
)
from shared.task import (
    Dataset,
    Published,
    Scores,
    Splits,
    Task,
    scores_of,
)

DIGITS = tuple("0123456789")
PIXELS = mnist.SIDE**2
HELD_OUT = 5000
"""Last images of the training files, on which training is watched."""

BAI = "Bai et al. 2018, Table 1, 784 steps"


@dataclass(frozen=True)
class DigitData:
    """The images, and how they are read."""

    dataset: str = option("mnist", "data set of images", choices=("mnist",))
    pixels: int = count(
        28, "pixels per time step, a divisor of 784", most=PIXELS
    )
    permute: bool = option(False, "read the pixels in one fixed random order")
    permute_seed: int = from_zero(0, "seed of that order")
    train_images: int = from_zero(
        0, "training images to use, from the first; 0: all"
    )

    def __post_init__(self) -> None:
        check(self)
        if PIXELS % self.pixels:
            raise SpecError(f"pixels {self.pixels} does not divide {PIXELS}")


def fetch(data: DigitData, progress: bool) -> None:
    mnist.fetch(progress)


def load(data: DigitData, seed: int) -> Dataset:
    """Pixels in [0, 1] (N, 784/p, p), digits (N,).

    All training seeds share the splits and the order; `seed` changes nothing.
    """
    order = np.arange(PIXELS)
    if data.permute:
        order = np.random.default_rng([data.permute_seed, 7]).permutation(order)
    images, digits = mnist.read_mnist("train")
    known = len(images) - HELD_OUT
    kept = slice(0, min(data.train_images or known, known))

    def part(images: np.ndarray, digits: np.ndarray) -> Split:
        values = images[:, order] / np.float32(255)
        x = values.reshape(len(values), -1, data.pixels)
        return Split(x, digits.astype(np.int32), None)

    return Dataset(
        train=part(images[kept], digits[kept]),
        validation=part(images[known:], digits[known:]),
        test=part(*mnist.read_mnist("t10k")),
        input_size=data.pixels,
        output_size=len(DIGITS),
        hashes=catalogue.hashes(catalogue.names_under(mnist.FOLDER)),
        metadata={
            "classes": list(DIGITS),
            "steps": PIXELS // data.pixels,
            "permute_seed": data.permute_seed if data.permute else None,
        },
    )


def summarize(dataset: Dataset) -> list[str]:
    sizes = " / ".join(
        f"{len(getattr(dataset, p).x):,}" for p in Splits._fields
    )
    metadata, size = dataset.metadata, dataset.input_size
    order = metadata["permute_seed"]
    shuffled = "" if order is None else f", shuffled by seed {order}"
    return [
        f"{sizes} images (train / validation / test) in {metadata['steps']} "
        f"steps of {size} pixels{shuffled}"
    ]


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Accuracy and loss (nats) of logits (N, 10)."""
    targets = getattr(dataset, part).y
    shares = metrics.probabilities(outputs)[np.arange(len(targets)), targets]
    tiny = np.finfo(np.float64).tiny
    return {
        "accuracy": metrics.accuracy(outputs, targets),
        "loss": float(-np.log(np.maximum(shares, tiny)).mean()),
    }


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Majority class, and a linear model of all pixels at once."""
    from sklearn.linear_model import LogisticRegression

    counts = np.bincount(dataset.train.y, minlength=len(DIGITS))
    flat = {
        part: getattr(dataset, part).x.reshape(-1, PIXELS)
        for part in ("train", "test")
    }
    linear = LogisticRegression(max_iter=200, tol=1e-3)
    linear.fit(flat["train"][:ENOUGH], dataset.train.y[:ENOUGH])
    logits = {
        "majority class": np.log(
            np.tile(counts / counts.sum(), (len(dataset.test.y), 1))
        ),
        "logistic regression": linear.decision_function(flat["test"]),
    }
    return scores_of(score, logits, dataset)


ENOUGH = 10_000
"""Training images that the linear model is fitted to."""


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    counts = metrics.confusion(outputs, dataset.test.y)
    return {"classes": list(DIGITS), "confusion": counts.tolist()}


TASK = Task(
    name="seqmnist",
    summary="handwritten digits, pixel after pixel (classification)",
    model=ModelSpec(model="classifier", input="values", hidden_size=128),
    train=TrainSpec(
        epochs=3,
        batch_size=64,
        learning_rate=3e-3,
        lr_schedule="cosine",
        clip_norm=1.0,
    ),
    data=DigitData(),
    presets={
        "quick": {
            "train": {"epochs": 2},
            "data": {"train_images": 10_000},
            "seeds": 1,
        },
        "standard": {"seeds": 1},
        "paper": {
            "train": {"epochs": 10, "learning_rate": 1e-3},
            "data": {"pixels": 1},
            "seeds": 1,
        },
    },
    threads=0,
    metric="accuracy",
    better="higher",
    load=load,
    score=score,
    baselines=baselines,
    details=details,
    summarize=summarize,
    fetch=fetch,
    exhibits=lambda runs: confusion_exhibits(runs, "images"),
    published=tuple(
        Published(f"{name}{order}", value, "accuracy", BAI)
        for name, order, value in (
            ("LSTM", "", 0.872),
            ("GRU", "", 0.962),
            ("RNN", "", 0.215),
            ("LSTM", ", permuted", 0.857),
            ("GRU", ", permuted", 0.873),
            ("RNN", ", permuted", 0.253),
        )
    ),
)
