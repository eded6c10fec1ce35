"""Texts with a sentiment each, in parts that hold no text in common."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from shared.datasets import imdb, sst2
from shared.datasets.user.labelled import read_table
from shared.files.user_file import UserTable, hashes
from shared.text.labelled import LabelledTexts
from shared.text.splits import split_texts
from shared.text.tokens import tokenize_all

CLASSES = ("negative", "positive")

VALIDATION = 0.1
"""The share of IMDB's training part that becomes validation."""


class Reviews(NamedTuple):
    """The splits of a data set, its classes and sha256 by file name.

    notes: remarks on the rows for the reader.
    """

    parts: Mapping[str, LabelledTexts]
    classes: tuple[str, ...]
    hashes: Mapping[str, str]
    notes: tuple[str, ...] = ()


def read_imdb(seed: int) -> Reviews:
    """Film reviews; validation is taken from the training split.

    The test split is as published, including its repeated texts.
    """
    parts, sums = imdb.load()
    train, validation = carve(parts["train"], VALIDATION, seed)
    found = {"train": train, "validation": validation, "test": parts["test"]}
    return Reviews(found, CLASSES, {"aclImdb": sums})


def read_sst2(seed: int) -> Reviews:
    """The three splits as published; `seed` is ignored."""
    parts, sums = sst2.load()
    return Reviews(parts, CLASSES, sums)


def read_own(options: UserTable, seed: int) -> Reviews:
    """Texts and labels of a user's file; classes sorted by name."""
    texts, labels, notes = read_table(options)
    classes = tuple(sorted(set(labels)))
    place = {label: k for k, label in enumerate(classes)}
    whole = LabelledTexts(
        texts,
        np.array([place[label] for label in labels], dtype=np.int32),
        tokenize_all(texts),
    )
    parts = {
        part: whole.take(np.array(rows, dtype=np.int64))
        for part, rows in split_texts(texts, labels, seed).items()
    }
    return Reviews(parts, classes, hashes(options), notes)


READERS = {"imdb": read_imdb, "sst2": read_sst2}
"""Data set -> how it is read and split: seed of the split -> Reviews."""


def carve(
    whole: LabelledTexts, share: float, seed: int
) -> tuple[LabelledTexts, LabelledTexts]:
    """Split off a share of each class: (remainder, split-off part).

    Texts that occur more than once stay in the remainder, so that no text is in
    both.
    """
    counts = Counter(whole.texts)
    once = np.array([counts[text] == 1 for text in whole.texts])
    rng = np.random.default_rng([seed, 4])
    taken = np.zeros(len(whole.texts), dtype=bool)
    for label in np.unique(whole.labels):
        own = whole.labels == label
        rows = rng.permutation(np.flatnonzero(own & once))
        taken[rows[: round(share * own.sum())]] = True
    left, taken_out = map(np.flatnonzero, (~taken, taken))
    return whole.take(left), whole.take(taken_out)


def thin(part: LabelledTexts, count: int, seed: int) -> LabelledTexts:
    """`count` texts (0: all) in their order, with equal class shares."""
    if not 0 < count < len(part.texts):
        return part
    rng = np.random.default_rng([seed, 5])
    place = np.empty(len(part.texts))
    for label in np.unique(part.labels):
        rows = rng.permutation(np.flatnonzero(part.labels == label))
        place[rows] = (np.arange(len(rows)) + 0.5) / len(rows)
    chosen = np.argsort(place, kind="stable")[:count]
    return part.take(np.sort(chosen))
