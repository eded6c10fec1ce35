"""A corpus as a model's data: windows of its symbols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from shared.datasets.corpora import Corpus
from shared.errors import DataError
from shared.specs import Split
from shared.task import Dataset
from shared.tasks.language_modeling.codec import PIECES, decode, lines
from shared.text.tokens import gather

UNKNOWN = "<unk>"
"""A word that the vocabulary lacks."""

PARTS = ("train", "validation", "test")

BEGINNING = 10
"""Symbols of training that are a prompt where no other can be."""


def character_dataset(corpus: Corpus, steps: int) -> Dataset:
    """Windows of characters; the vocabulary is the whole corpus's, sorted."""
    points = {part: _code_points(text) for part, text in corpus.parts.items()}
    found = np.unique(np.concatenate(list(points.values())))
    vocabulary = [chr(point) for point in found]
    symbols = {
        part: np.searchsorted(found, own).astype(np.int32)
        for part, own in points.items()
    }
    return _dataset(corpus, "character", vocabulary, symbols, steps)


def word_dataset(
    corpus: Corpus, steps: int, train_words: int = 0, test_words: int = 0
) -> Dataset:
    """Windows of words; the vocabulary is the training words by frequency.

    Keeps the first `train_words` of training and the first `test_words` of
    validation and test (0: all). Equally frequent words are in order of
    appearance; other words are <unk>.
    """
    kept = {"train": train_words}
    tokens = {part: gather(lines(corpus.parts[part])) for part in PARTS}
    places = {
        part: own.indices[: kept.get(part, test_words) or None]
        for part, own in tokens.items()
    }
    counts = np.bincount(places["train"], minlength=len(tokens["train"].words))
    order = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    vocabulary = [tokens["train"].words[place] for place in order]
    index = {word: place for place, word in enumerate(vocabulary)}
    rows = {
        part: np.array([index.get(word, -1) for word in own.words], np.int32)
        for part, own in tokens.items()
    }
    symbols = {part: rows[part][places[part]] for part in PARTS}
    if any((own < 0).any() for own in symbols.values()):
        unknown = index.setdefault(UNKNOWN, len(index))
        vocabulary = list(index)
        symbols = {
            part: np.where(own < 0, unknown, own).astype(np.int32)
            for part, own in symbols.items()
        }
    if len(symbols["train"]) < len(tokens["train"].indices):
        note = (
            f"the first {train_words:,} words of training and their "
            "vocabulary: others read all, so their figures are not comparable"
        )
        corpus = corpus._replace(notes=(*corpus.notes, note))
    return _dataset(corpus, "word", vocabulary, symbols, steps)


def training_windows(symbols: np.ndarray, steps: int) -> Split:
    """The complete windows of tokens (P,), in order: x, y (N, T)."""
    count = (len(symbols) - 1) // steps
    end = count * steps
    x, y = symbols[:end], symbols[1 : end + 1]
    return Split(x.reshape(count, steps), y.reshape(count, steps), None)


def scored_windows(symbols: np.ndarray, steps: int) -> Split:
    """All windows of tokens (P,), the last padded with x 0 and y -1.

    Every token except the first is in y once.
    """
    count = -(-(len(symbols) - 1) // steps)
    x = np.zeros(count * steps, np.int32)
    y = np.full(count * steps, -1, np.int32)
    x[: len(symbols) - 1] = symbols[:-1]
    y[: len(symbols) - 1] = symbols[1:]
    return Split(x.reshape(count, steps), y.reshape(count, steps), None)


def stream(split: Split) -> np.ndarray:
    """The tokens of all windows, in order, each once: (P,)."""
    found: np.ndarray = np.concatenate([split.x[0, :1], split.y[split.y >= 0]])
    return found


def _dataset(
    corpus: Corpus,
    unit: str,
    vocabulary: Sequence[str],
    symbols: Mapping[str, np.ndarray],
    steps: int,
) -> Dataset:
    for part, least in (("train", steps), ("validation", 1), ("test", 1)):
        if len(symbols[part]) <= least:
            raise DataError(
                f"the {part} part has {len(symbols[part]):,} {unit}s, not the "
                f"{least + 1:,} of a window of {least:,} and the next one; "
                "take a longer text or a smaller --bptt"
            )
    kept = {"vocabulary": vocabulary, "unit": unit}
    return Dataset(
        train=training_windows(symbols["train"], steps),
        validation=scored_windows(symbols["validation"], steps),
        test=scored_windows(symbols["test"], steps),
        input_size=len(vocabulary),
        output_size=len(vocabulary),
        hashes=corpus.hashes,
        metadata={
            "unit": unit,
            "split": corpus.split,
            "symbols": {part: len(symbols[part]) for part in PARTS},
            "vocabulary_size": len(vocabulary),
            "steps": steps,
            "prompt": _prompt(corpus.prompt, symbols["train"], kept),
            "notes": list(corpus.notes),
        },
        arrays={"vocabulary": np.array(vocabulary, object)},
    )


def _prompt(text: str, symbols: np.ndarray, kept: Mapping[str, Any]) -> str:
    """The prompt, or the beginning of training if it has unknown tokens."""
    pieces = PIECES[kept["unit"]](text)
    if pieces and set(pieces) <= set(kept["vocabulary"]):
        return text
    return decode(symbols[:BEGINNING], kept)


def _code_points(text: str) -> np.ndarray:
    """Unicode code points of a text: (P,)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
