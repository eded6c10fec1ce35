"""A text as the symbols of a language model, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from shared.errors import SpecError
from shared.task import Dataset

END = "<eos>"
"""The word that stands for the end of a line."""

NAMED = 10
"""Symbols outside the vocabulary that a message names."""


def lines(text: str) -> Iterator[list[str]]:
    """The words of each line, with EOS after each line that ends."""
    *whole, rest = text.split("\n")
    for line in whole:
        yield [*line.split(), END]
    yield rest.split()


PIECES = {
    "character": list,
    "word": lambda text: [word for line in lines(text) for word in line],
}
"""Unit -> what cuts a text into its symbols."""

SHOWN = {
    "character": lambda symbol: symbol,
    "word": lambda symbol: "\n" if symbol == END else f"{symbol} ",
}
"""Unit -> how a symbol stands in a text."""


def metadata(dataset: Dataset) -> dict[str, Any]:
    vocabulary = dataset.arrays["vocabulary"].tolist()
    names = ("unit", "prompt")
    return {
        "vocabulary": vocabulary,
        **{name: dataset.metadata[name] for name in names},
    }


def encode(text: str, kept: Mapping[str, Any], unknown: str) -> np.ndarray:
    """Tokens of a text: (P,) int32.

    Out-of-vocabulary tokens are dropped for unknown "skip", else SpecError.
    """
    index = _index(tuple(kept["vocabulary"]))
    pieces = PIECES[kept["unit"]](text)
    strange = [piece for piece in dict.fromkeys(pieces) if piece not in index]
    if strange and unknown != "skip":
        named = ", ".join(map(repr, strange[:NAMED]))
        more = len(strange) - NAMED
        raise SpecError(
            f"the vocabulary of {len(index):,} {kept['unit']}s lacks {named}"
            + (f" and {more:,} more" if more > 0 else "")
            + "; --unknown skip leaves them out"
        )
    found = [index[piece] for piece in pieces if piece in index]
    return np.array(found, np.int32)


def decode(indices: np.ndarray, kept: Mapping[str, Any]) -> str:
    """Text of tokens (n,); texts of slices concatenate to the whole."""
    vocabulary, shown = kept["vocabulary"], SHOWN[kept["unit"]]
    return "".join(shown(vocabulary[index]) for index in indices)


@lru_cache(maxsize=2)
def _index(vocabulary: tuple[str, ...]) -> dict[str, int]:
    return {symbol: place for place, symbol in enumerate(vocabulary)}
