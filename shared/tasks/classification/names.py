"""Tell the language of a surname from its characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from shared import metrics
from shared.datasets.names import SPLITS, Line, read_names
from shared.datasets.user_labelled import read_table
from shared.exhibits.confusion import confusion_exhibits
from shared.exhibits.kinds import Exhibit, RunView, best_runs
from shared.exhibits.mistakes import mistakes_table
from shared.files import catalogue
from shared.files.user_file import UserTable, hashes
from shared.specs import ModelSpec, TrainSpec, from_zero, option
from shared.task import (
    Dataset,
    LabelCodec,
    Published,
    Scores,
    Task,
    scores_of,
)
from shared.tasks.classification.baselines import ngram_bayes
from shared.tasks.classification.details import confident_mistakes
from shared.tasks.classification.name_data import (
    decode,
    encode,
    metadata,
    name_dataset,
)
from shared.text.summary import summarize_texts


@dataclass(frozen=True)
class NamesData(UserTable):
    """The names and how they are split."""

    dataset: str = option("names", "data set of surnames", choices=("names",))
    split: str = option(
        "name",
        "split by distinct name, or by line (a repeated name may "
        "then be in two splits)",
        choices=tuple(SPLITS),
    )
    keep_duplicates: bool = option(
        False,
        "keep lines that repeat a name and its language (2,000 "
        "lines of 108 Arabic names would then weigh a tenth of the "
        "test split)",
    )
    split_seed: int = from_zero(
        0, "seed of the split, the same for all training seeds"
    )
    train_lines: int = from_zero(
        0, "training names to use, sampled by split_seed; 0: all"
    )


def fetch(data: NamesData, progress: bool) -> None:
    if not data.data:
        catalogue.fetch(catalogue.names_under(data.dataset), progress)


def load(data: NamesData, seed: int) -> Dataset:
    """Characters as indices (N, T), languages or labels as classes (N,).

    All training seeds share one split; `seed` changes nothing.
    """
    raw, sums = _lines(data)
    lines = raw if data.keep_duplicates else list(dict.fromkeys(raw))
    parts = SPLITS[data.split](lines, data.split_seed)
    parts["train"] = _subset(parts["train"], data)
    return name_dataset(parts, lines, raw, sums)


def summarize(dataset: Dataset) -> list[str]:
    longest = dataset.metadata["longest_name"]
    return summarize_texts(dataset, "names", "characters", longest)


def score(outputs: np.ndarray, part: str, dataset: Dataset) -> Scores:
    """Accuracy and macro F1 of logits (N, K)."""
    targets = getattr(dataset, part).y
    return {
        "accuracy": metrics.accuracy(outputs, targets),
        "macro_f1": metrics.macro_f1(outputs, targets),
    }


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Majority class, and naive Bayes on character n-grams."""
    counts = np.bincount(dataset.train.y, minlength=dataset.output_size)
    guesses = {
        "majority class": np.tile(counts, (len(dataset.test.y), 1)),
        "character trigram naive Bayes": ngram_bayes(
            dataset.arrays["names_train"].tolist(),
            dataset.train.y,
            dataset.arrays["names_test"].tolist(),
            dataset.output_size,
        ),
    }
    return scores_of(score, guesses, dataset)


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    classes, truth = dataset.metadata["classes"], dataset.test.y
    names = dataset.arrays["names_test"].tolist()
    found = metrics.probabilities(outputs)
    return {
        "classes": classes,
        "confusion": metrics.confusion(outputs, truth).tolist(),
        "mistakes": confident_mistakes(found, truth, classes, names, "name"),
    }


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    shown = confusion_exhibits(runs, "names")
    best = [run for run in best_runs(runs) if "mistakes" in run.details]
    text = "Some are no mistakes: a name may be of more than one language."
    return [*shown, mistakes_table(best, "name", text)] if best else shown


def _lines(data: NamesData) -> tuple[list[Line], dict[str, str]]:
    """Names with labels, the user's or the catalogued ones; sha256."""
    if data.data:
        sums = hashes(data)
        return list(zip(*read_table(data), strict=True)), sums
    files = catalogue.names_under(data.dataset)
    paths = [catalogue.locate(name) for name in files]
    return read_names(paths), catalogue.hashes(files)


def _subset(lines: list[Line], data: NamesData) -> list[Line]:
    if not 0 < data.train_lines < len(lines):
        return lines
    rng = np.random.default_rng([data.split_seed, 5])
    rows = rng.permutation(len(lines))[: data.train_lines]
    return [lines[row] for row in sorted(rows)]


TASK = Task(
    name="names",
    summary="language of a surname, by characters (classification)",
    model=ModelSpec(
        model="classifier",
        input="embedding",
        embedding_size=64,
        hidden_size=128,
        output_size=18,
        bidirectional=True,
        dropout=0.5,
    ),
    train=TrainSpec(
        epochs=15,
        batch_size=64,
        learning_rate=3e-3,
        lr_schedule="cosine",
        clip_norm=1.0,
    ),
    data=NamesData(),
    presets={
        "quick": {
            "train": {"epochs": 3, "batch_size": 128},
            "data": {"train_lines": 8000},
            "seeds": 1,
        },
        "standard": {"seeds": 3},
    },
    # A second thread makes JAX's step times jump between two values, and
    # PyTorch's depend on whatever else the machine does.
    threads=1,
    metric="accuracy",
    better="higher",
    load=load,
    score=score,
    baselines=baselines,
    details=details,
    summarize=summarize,
    fetch=fetch,
    codec=LabelCodec(metadata, encode, decode),
    exhibits=exhibits,
    published=(
        Published(
            name="tutorial on classifying names (the same files)",
            value=None,
            metric="accuracy",
            source=(
                "practical-pytorch and the PyTorch tutorial after it show a "
                "confusion matrix of training names, no figure on held-out "
                "ones"
            ),
            dataset="names",
        ),
    ),
)
