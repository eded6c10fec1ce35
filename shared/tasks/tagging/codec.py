"""Running text as words to tag, and tags as labels of words."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import numpy as np
from msgspec import Meta

from shared.errors import SpecError
from shared.specs import ModelSpec
from shared.task import (
    Dataset,
    Metadata,
    Prediction,
    Size,
    Sizes,
    classes_of,
)
from shared.tasks.classification.scores import predictions
from shared.text.scripts import cutter
from shared.text.tokenizers.options import SIMPLE
from shared.text.tokenizers.words import words_by
from shared.text.tokens import OF_ALL_SCRIPTS, TOKEN
from shared.text.vocabulary import UNKNOWN
from shared.text.words.characters import Spelling

SPECIAL = (
    r"(?:https?://|www\.)\S*[\w/]|[\w.+-]+@\w[\w.-]*\w|[@#]\w+"
    r"|\d+(?:[.,:]\d+)+|(?:[a-z]\.){2,}"
)
"""An address, a mention, a number with its marks, or U.S."""

WORD = re.compile(f"{SPECIAL}|{TOKEN.pattern}", re.IGNORECASE)
CUT = re.compile(
    r"(?<!\S)(?:[.,;:!?\u0964\u06d4\u061f\u060c\u3002\uff0c\uff01\uff1f\u3001]"
    r"|n't|'(?:s|re|ve|ll|d|m))(?!\S)",
    re.IGNORECASE,
)
"""Punctuation or a clitic between blanks: a treebank has split the text."""


MOST_CHARACTERS = 10_000
"""Of a word: arrays have that size for each."""


def words_of(text: str, tokenizer: str = SIMPLE) -> list[str]:
    """The words of a text in their case; SpecError if there are none."""
    plain = unicodedata.normalize("NFC", text).replace("\u2019", "'")
    words = words_by(tokenizer, simple_words)(plain)
    if not words:
        raise SpecError(f"text '{text}' has no word")
    return words


def simple_words(text: str) -> list[str]:
    """The words of a text by a pattern.

    A text whose punctuation or clitics are already separated (`ca n't .`) is
    split at blanks only.
    """
    if CUT.search(text):
        return text.split()
    pattern = cutter(text, WORD, f"{SPECIAL}|{OF_ALL_SCRIPTS}", re.IGNORECASE)
    words: list[str] = pattern.findall(text)
    return words


class TagMetadata(Metadata):
    """Words and their characters, the tags, and the scheme of these."""

    words: list[str]
    characters: list[str]
    char_steps: Annotated[Size, Meta(le=MOST_CHARACTERS)]
    classes: list[str]
    scheme: str = ""
    tokenizer: Literal["simple", "nltk", "spacy"] = "simple"
    shapes: list[str] | None = None

    def sizes(self, model: ModelSpec) -> Sizes:
        yield "words", self.words, model.input_size - UNKNOWN - 1
        yield "characters", self.characters, model.char_size - UNKNOWN - 1
        yield "classes", self.classes, classes_of(model)
        yield (
            "shapes",
            self.shapes or [],
            max(0, model.shape_size - 1 - UNKNOWN),
        )


def metadata(dataset: Dataset) -> dict[str, Any]:
    arrays = dataset.arrays
    shapes = {n: arrays[n].tolist() for n in ("shapes",) if n in arrays}
    return {
        "words": arrays["vocabulary"].tolist(),
        "characters": arrays["characters"].tolist(),
        "char_steps": dataset.metadata["char_steps"],
        "classes": dataset.metadata["classes"],
        "scheme": dataset.metadata["scheme"],
        "tokenizer": dataset.metadata["tokenizer"],
        **shapes,
    }


def encode(
    text: str, metadata: Mapping[str, Any]
) -> tuple[np.ndarray, np.ndarray]:
    """The words of a text as x (1, T, 1 + C), and their number (1,)."""
    words = words_of(text, metadata.get("tokenizer", SIMPLE))
    return Spelling.of(metadata).encode([words])


def decode(
    outputs: np.ndarray, text: str, metadata: Mapping[str, Any]
) -> list[Prediction]:
    """The tag of each word from logits (1, T, K)."""
    words = words_of(text, metadata.get("tokenizer", SIMPLE))
    return predictions(outputs[0], words, metadata["classes"])
