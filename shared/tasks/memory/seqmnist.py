"""Classify a handwritten digit from its pixels, read one after another."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from shared import metrics
from shared.datasets import mnist
from shared.errors import SpecError
from shared.exhibits.confusion import confusion_exhibits
from shared.fields import check, count, from_zero, option
from shared.files import catalogue
from shared.specs import ModelSpec, Split, cosine_training
from shared.task import Dataset, Published, Scores, Task, scores_of
from shared.tasks.classification.baselines import majority
from shared.tasks.classification.scores import confusion_details, score_examples

DIGITS = tuple("0123456789")
PIXELS = mnist.SIDE**2
HELD_OUT = 5000
"""Last images of the training files, the validation split."""

LINEAR_IMAGES = 10_000
"""Training images that the linear model is fitted to."""

BAI = "Bai et al. 2018, Table 1, 784 steps"
ACCURACIES = {
    "LSTM": 0.872,
    "GRU": 0.962,
    "RNN": 0.215,
    "LSTM, permuted": 0.857,
    "GRU, permuted": 0.873,
    "RNN, permuted": 0.253,
}


@dataclass(frozen=True)
class DigitData:
    dataset: str = option("mnist", "data set of images", ("mnist",))
    pixels: int = count(28, "pixels per step, a divisor of 784", most=PIXELS)
    permute: bool = option(False, "read the pixels in one fixed random order")
    permute_seed: int = from_zero(0, "seed of that order")
    train_images: int = from_zero(0, "first training images to use; 0: all")

    def __post_init__(self) -> None:
        check(self)
        if PIXELS % self.pixels:
            raise SpecError(f"pixels {self.pixels} does not divide {PIXELS}")


def load(data: DigitData, seed: int) -> Dataset:
    """Pixels in [0, 1] (N, 784/p, p), digits (N,)."""
    order = np.arange(PIXELS)
    if data.permute:
        order = np.random.default_rng([data.permute_seed, 7]).permutation(order)
    images, digits = mnist.read_mnist("train")
    end = len(images) - HELD_OUT
    used = min(data.train_images or end, end)

    def split(images: np.ndarray, digits: np.ndarray) -> Split:
        values = images[:, order] / np.float32(255)
        x = values.reshape(len(values), -1, data.pixels)
        return Split(x, digits.astype(np.int32), None)

    return Dataset(
        train=split(images[:used], digits[:used]),
        validation=split(images[end:], digits[end:]),
        test=split(*mnist.read_mnist("t10k")),
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
    seed, steps = (dataset.metadata[n] for n in ("permute_seed", "steps"))
    order = "" if seed is None else f", shuffled by seed {seed}"
    return [
        f"{dataset.sizes('images')} in {steps} steps of {dataset.input_size} "
        f"pixels{order}"
    ]


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Accuracy and loss (nats) of logits (N, 10)."""
    targets = getattr(dataset, part).y
    return {
        "accuracy": metrics.accuracy(outputs, targets),
        "loss": float(metrics.nll(outputs, targets).mean()),
    }


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Majority class, and a linear model of all pixels at once."""
    from sklearn.linear_model import LogisticRegression

    train, test = dataset.train, dataset.test
    images, digits = train.x[:LINEAR_IMAGES], train.y[:LINEAR_IMAGES]
    linear = LogisticRegression(max_iter=200, tol=1e-3)
    linear.fit(images.reshape(-1, PIXELS), digits)
    logits = {
        "majority class": majority(train.y, len(test.y), len(DIGITS)),
        "logistic regression": linear.decision_function(
            test.x.reshape(-1, PIXELS)
        ),
    }
    return scores_of(score, logits, dataset)


TASK = Task(
    name="seqmnist",
    summary="handwritten digits, pixel after pixel (classification)",
    model=ModelSpec(model="classifier", input="values", hidden_size=128),
    train=cosine_training(epochs=3, batch_size=64, learning_rate=3e-3),
    data=DigitData(),
    presets={
        "quick": {"train": {"epochs": 2}, "data": {"train_images": 10_000}},
        "standard": {},
        "paper": {
            "train": {"epochs": 10, "learning_rate": 1e-3},
            "data": {"pixels": 1},
        },
    },
    metric="accuracy",
    better="higher",
    load=load,
    score=score,
    examples=partial(score_examples, unit="images"),
    baselines=baselines,
    details=confusion_details,
    summarize=summarize,
    fetchers={"mnist": mnist.fetch},
    exhibits=lambda runs: confusion_exhibits(runs, "images"),
    published=tuple(
        Published(name, value, "accuracy", BAI)
        for name, value in ACCURACIES.items()
    ),
)
