"""Names with their languages as a model's data, one name as its input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from shared.datasets.names import Line
from shared.errors import SpecError
from shared.specs import PARTS, Split
from shared.task import Dataset, Prediction, Splits
from shared.tasks.classification.predictions import predictions
from shared.text.vocabulary import Vocabulary


def name_dataset(
    parts: Mapping[str, list[Line]],
    lines: list[Line],
    raw: list[Line],
    sums: Mapping[str, str],
) -> Dataset:
    """Characters as indices (N, T), languages or labels as classes (N,).

    lines: all splits, before training lines were dropped; raw: all lines of the
        files, before duplicates were dropped; sums: sha256 by file name.
    """
    counts = Counter(language for _, language in lines)
    classes = sorted(counts)
    vocabulary = Vocabulary(name for name, _ in parts["train"])
    longest = max(len(name) for name, _ in lines)
    splits = {
        part: _split(parts[part], vocabulary, classes, longest)
        for part in PARTS
    }
    return Dataset(
        *Splits(**splits),
        input_size=len(vocabulary),
        output_size=len(classes),
        hashes=sums,
        metadata={
            "classes": classes,
            "class_counts": [counts[name] for name in classes],
            "lines_in_files": len(raw),
            "majority_share": _majority_share(lines),
            "majority_share_in_files": _majority_share(raw),
            "vocabulary_size": len(vocabulary),
            "longest_name": longest,
        },
        arrays={
            # As objects a long name makes no other one longer.
            f"names_{part}": np.array([n for n, _ in parts[part]], object)
            for part in PARTS
        },
    )


def metadata(dataset: Dataset) -> dict[str, Any]:
    characters = Vocabulary(dataset.arrays["names_train"]).symbols
    return {
        "characters": "".join(characters),
        "classes": dataset.metadata["classes"],
    }


def encode(text: str, kept: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """One name as indices (1, T), and its length (1,)."""
    vocabulary = Vocabulary([kept["characters"]])
    strange = sorted(set(text) - set(vocabulary.symbols))
    if strange or not text:
        shown = ", ".join(map(repr, strange)) or "no character"
        raise SpecError(
            f"text '{text}' has {shown}; the training names are made of "
            f'"{"".join(vocabulary.symbols)}"'
        )
    return vocabulary.encode([text])


def decode(
    outputs: np.ndarray, text: str, kept: Mapping[str, Any]
) -> list[Prediction]:
    """The language of one name from logits (1, K)."""
    return predictions(outputs, [text], kept["classes"])


def _majority_share(lines: list[Line]) -> float:
    return max(Counter(language for _, language in lines).values()) / len(lines)


def _split(
    lines: list[Line], vocabulary: Vocabulary, classes: list[str], steps: int
) -> Split:
    """The examples of a split, each padded to the longest name of all."""
    x, lengths = vocabulary.encode([name for name, _ in lines], steps)
    place = {language: i for i, language in enumerate(classes)}
    y = [place[language] for _, language in lines]
    return Split(x, np.array(y, dtype=np.int32), lengths)
