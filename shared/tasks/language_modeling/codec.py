"""A text as the tokens of a language model, and back."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import numpy as np

from shared.errors import SpecError
from shared.task import Dataset

END = "<eos>"
"""The word for the end of a line."""

NAMED = 10
"""Tokens outside the vocabulary that a message names."""


def lines(text: str) -> Iterator[list[str]]:
    """The words of each line, with END after each line that ends."""
    *whole, last = text.split("\n")
    for line in whole:
        yield [*line.split(), END]
    yield last.split()


def tokenize(text: str, unit: str) -> list[str]:
    """The characters of a text, or the words of its lines."""
    return list(text if unit == "character" else chain(*lines(text)))


def metadata(dataset: Dataset) -> dict[str, Any]:
    return {
        "vocabulary": dataset.arrays["vocabulary"].tolist(),
        "unit": dataset.metadata["unit"],
        "prompt": dataset.metadata["prompt"],
    }


def encode(text: str, metadata: Mapping[str, Any], unknown: str) -> np.ndarray:
    """Tokens of a text: (P,) int32.

    Out-of-vocabulary tokens are dropped for unknown "skip", else SpecError.
    """
    unit = metadata["unit"]
    index = {token: i for i, token in enumerate(metadata["vocabulary"])}
    tokens = tokenize(text, unit)
    absent = [token for token in dict.fromkeys(tokens) if token not in index]
    if absent and unknown != "skip":
        named = ", ".join(map(repr, absent[:NAMED]))
        more = len(absent) - NAMED
        raise SpecError(
            f"the vocabulary of {len(index):,} {unit}s lacks {named}"
            + (f" and {more:,} more" if more > 0 else "")
            + "; --unknown skip leaves them out"
        )
    return np.array([index[t] for t in tokens if t in index], np.int32)


def decode(indices: np.ndarray, metadata: Mapping[str, Any]) -> str:
    """Text of tokens (n,); texts of slices concatenate to the whole."""
    tokens = [metadata["vocabulary"][index] for index in indices.tolist()]
    if metadata["unit"] == "word":
        tokens = ["\n" if word == END else f"{word} " for word in tokens]
    return "".join(tokens)
