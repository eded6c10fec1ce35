"""Classify a surname by its language, from its characters."""

from functools import partial
from typing import Any

import numpy as np

from shared.datasets import names
from shared.datasets.user.labelled import read_table
from shared.exhibits.mistakes import classifier_exhibits
from shared.files import catalogue, user_file
from shared.specs import ModelSpec, cosine_training
from shared.task import Dataset, LabelCodec, Published, Scores, Task, scores_of
from shared.tasks.classification import name_data
from shared.tasks.classification.baselines import ngram_bayes
from shared.tasks.classification.scores import (
    decode,
    score,
    score_examples,
    text_details,
)
from shared.text.summary import summarize_texts, wrap_lines


def load(data: name_data.NamesData, seed: int) -> Dataset:
    notes: tuple[str, ...] = ()
    if data.data:
        hashes = user_file.hashes(data)
        texts, labels, notes = read_table(data)
        lines = list(zip(texts, labels, strict=True))
    else:
        files = catalogue.names_under(data.dataset)
        lines = names.read_names(map(catalogue.locate, files))
        hashes = catalogue.hashes(files)
    return name_data.name_dataset(lines, data, hashes, notes)


def summarize(dataset: Dataset) -> list[str]:
    longest = dataset.metadata["longest_name"]
    lines = summarize_texts(dataset, "names", "characters", longest)
    return lines + wrap_lines(dataset.metadata["notes"])


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Majority class, and naive Bayes on character n-grams."""
    labels, classes = dataset.train.y, dataset.output_size
    train, test = (
        dataset.arrays[f"names_{part}"].tolist() for part in ("train", "test")
    )
    counts = np.bincount(labels, minlength=classes)
    bayes = ngram_bayes(train, labels, test, classes)
    outputs = {
        "majority class": np.tile(counts, (len(test), 1)),
        "character trigram naive Bayes": bayes,
    }
    return scores_of(score, outputs, dataset)


def details(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    texts = dataset.arrays["names_test"].tolist()
    return text_details(outputs, dataset, texts, "name")


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
        dropout=0.2,
    ),
    # Smoothed labels regularize with less noise than dropout of a half does:
    # a third of the updates then suffices.
    train=cosine_training(
        epochs=10, batch_size=128, learning_rate=8e-3, label_smoothing=0.1
    ),
    data=name_data.NamesData(),
    presets={
        "quick": {
            "train": {"epochs": 3},
            "data": {"train_lines": 8000},
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
    examples=partial(score_examples, unit="names"),
    baselines=baselines,
    details=details,
    summarize=summarize,
    fetchers={"names": names.fetch},
    codec=LabelCodec(
        *(name_data.metadata, name_data.encode, decode),
        stored=name_data.NamesMetadata,
    ),
    exhibits=lambda runs: classifier_exhibits(
        runs, "name", "A name may be of more than one language."
    ),
    published=(
        Published(
            "tutorial on classifying names (the same files)",
            None,
            "accuracy",
            "practical-pytorch and the PyTorch tutorial after it show a "
            "confusion matrix of training names, no figure on held-out ones",
            "names",
        ),
    ),
)
