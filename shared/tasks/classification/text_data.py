"""Labelled texts as a model's data, one text as its input, and back."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from shared.datasets.sentiment_corpora import Reviews
from shared.errors import DataError, SpecError
from shared.fields import current_fields
from shared.specs import Split
from shared.task import Dataset, Prediction, Splits
from shared.tasks.classification.predictions import predictions
from shared.text.labelled import LabelledTexts, repeats
from shared.text.tokens import BREAK, Tokens, tokenize
from shared.text.vocabulary import UNKNOWN
from shared.text.word_vocabulary import WordVocabulary

SHOWN = 300
"""Characters of a text that a report shows."""

KEPT = ("classes", "steps", "truncate")
"""Facts of the data that a checkpoint stores."""


def as_dataset(
    found: Reviews, words: WordVocabulary, steps: int, truncate: str
) -> Dataset:
    """Words as indices (N, T) and classes (N,); T is at most `steps`.

    Two classes have one logit. The arrays hold the vocabulary, the test texts
    and all tokens of the uncut texts.
    """
    parts, classes = found.parts, found.classes
    lengths = {part: own.tokens.lengths for part, own in parts.items()}
    longest = max(int(own.max()) for own in lengths.values())
    width = min(steps, longest)
    splits = {
        part: _split(part, own, words, width, truncate)
        for part, own in parts.items()
    }
    x = splits["test"].x
    return Dataset(
        *Splits(**splits),
        input_size=len(words),
        output_size=1 if len(classes) == 2 else len(classes),
        hashes=found.hashes,
        metadata={
            "classes": list(classes),
            "class_counts": _class_counts(found),
            "texts": {part: len(own.texts) for part, own in parts.items()},
            "vocabulary_size": len(words),
            "longest_text": longest,
            "steps": width,
            "truncate": truncate,
            "cut_texts": sum(int((n > width).sum()) for n in lengths.values()),
            "unknown_in_test": float(np.mean(x[x > 0] == UNKNOWN)),
            **repeats(parts),
        },
        arrays={
            "vocabulary": np.array(words.words, object),
            "texts_test": np.array(parts["test"].texts, object),
            **_token_arrays(parts),
        },
    )


def tokens_of(dataset: Dataset, part: str) -> Tokens:
    """Tokens of the uncut texts of `train` or `test`."""
    words, *places = (
        dataset.arrays[f"{name}_{part}"]
        for name in ("words", "indices", "offsets")
    )
    return Tokens(tuple(words), *places)


def excerpts(dataset: Dataset) -> list[str]:
    """Each test text, a long one cut to the end that the model reads."""
    cut = EXCERPTS[dataset.metadata["truncate"]]
    return [cut(text) for text in dataset.arrays["texts_test"]]


def metadata(dataset: Dataset) -> dict[str, Any]:
    """The words, the classes, and what is read of a text."""
    words = dataset.arrays["vocabulary"].tolist()
    return {"words": words, **{name: dataset.metadata[name] for name in KEPT}}


def encode(text: str, kept: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """One text as indices (1, T), and its length (1,)."""
    tokens = tokenize(text)
    if not tokens:
        raise SpecError(f"text '{text}' has no word")
    steps = min(len(tokens), kept["steps"])
    truncate = current_fields(kept, KEPT)["truncate"]
    return _vocabulary(tuple(kept["words"])).encode([tokens], steps, truncate)


def decode(
    outputs: np.ndarray, text: str, kept: Mapping[str, Any]
) -> list[Prediction]:
    """The class of one text from a logit (1, 1), or logits (1, K)."""
    return predictions(outputs, [text], kept["classes"])


def _head(text: str) -> str:
    return textwrap.shorten(BREAK.sub(" ", text), SHOWN, placeholder=" ...")


def _tail(text: str) -> str:
    return _head(BREAK.sub(" ", text)[::-1])[::-1]


EXCERPTS = {"pre": _tail, "post": _head}
"""Which end of a long text is dropped -> how the text is shown."""


def _split(
    part: str,
    own: LabelledTexts,
    words: WordVocabulary,
    steps: int,
    truncate: str,
) -> Split:
    """Examples of a split; an empty text becomes one unknown word."""
    if len(np.unique(own.labels)) < 2:
        raise DataError(f"the {part} part has texts of one class only")
    x, lengths = words.encode(own.tokens, steps, truncate)
    x[lengths == 0, 0] = UNKNOWN
    return Split(x, own.labels.astype(np.int32), np.maximum(lengths, 1))


def _class_counts(found: Reviews) -> list[int]:
    labels = np.concatenate([own.labels for own in found.parts.values()])
    counts: list[int] = np.bincount(
        labels, minlength=len(found.classes)
    ).tolist()
    return counts


def _token_arrays(parts: Mapping[str, LabelledTexts]) -> dict[str, np.ndarray]:
    arrays = {}
    for part in ("train", "test"):
        tokens = parts[part].tokens
        arrays[f"words_{part}"] = np.array(tokens.words, object)
        arrays[f"indices_{part}"] = tokens.indices
        arrays[f"offsets_{part}"] = tokens.offsets
    return arrays


@lru_cache(maxsize=1)
def _vocabulary(words: tuple[str, ...]) -> WordVocabulary:
    return WordVocabulary(words)
