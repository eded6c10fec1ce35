"""Tagged sentences as the arrays that models and scores read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from shared.datasets import ewt, wnut17
from shared.fields import count, from_zero, option
from shared.files.user_file import UserTags
from shared.specs import PARTS, Split
from shared.task import Dataset, Splits
from shared.tasks.tagging.metadata import sizes_of, statistics_of
from shared.text.schemes import scheme_of
from shared.text.tagged import Sentence
from shared.text.tokenizers.options import WordTokenizerOptions
from shared.text.tokens import gather, unseen
from shared.text.words.characters import Spelling
from shared.text.words.vectors import WordVectorOptions, start_from
from shared.text.words.vocabulary import FIRST

READERS = {"ewt": ewt, "wnut17": wnut17}
"""Data set -> the module that fetches and loads it."""


@dataclass(frozen=True)
class TaggingData(UserTags, WordVectorOptions, WordTokenizerOptions):
    dataset: str = option("ewt", "data set of tagged sentences", READERS)
    min_count: int = count(2, "occurrences in training that a known word needs")
    steps: int = count(64, "words at which a training sentence is split")
    char_steps: int = count(12, "characters of a word, its ends if it is long")
    word_shapes: bool = option(
        False, "also read the shape of each word: capitals, digits, marks"
    )
    train_sentences: int = from_zero(0, "training sentences to sample; 0: all")
    test_sentences: int = from_zero(0, "sentences of each other split; 0: all")
    split_seed: int = from_zero(0, "seed of the split, not of the training")


def tag_dataset(
    parts: Mapping[str, list[Sentence]],
    hashes: Mapping[str, str],
    data: TaggingData,
    notes: Sequence[str] = (),
) -> Dataset:
    """Words and characters as indices (N, T, 1 + C), tags (N, T).

    With shapes of words (N, T, 2 + C), these in the second column.
    Tags are -1 past each end. Long training sentences are split, so that no
    word is lost. The metric is the F1 of entities if tags mark these.
    """
    windows = _windows(parts["train"], data.steps)
    sentences = {**parts, "train": windows}
    words = {part: [s.words for s in sentences[part]] for part in PARTS}
    classes = sorted({t for p in PARTS for s in parts[p] for t in s.tags})
    scheme = scheme_of([s for part in PARTS for s in parts[part]])
    spelling = Spelling.learn(
        words["train"], data.min_count, data.char_steps, data.word_shapes
    )
    # Validation and test have one T: less is compiled.
    longest = max(len(row) for part in PARTS[1:] for row in words[part])
    steps = {"train": 0, "validation": longest, "test": longest}
    splits = {
        part: _encode(sentences[part], spelling, classes, steps[part])
        for part in PARTS
    }
    vectors, coverage = start_from(data, spelling.words.words, FIRST)
    arrays = vectors | _arrays(words, splits, spelling)
    unseen = arrays["unseen_test"]
    return Dataset(
        *Splits(**splits),
        input_size=len(spelling.words),
        output_size=len(classes),
        char_size=len(spelling.characters),
        shape_size=len(spelling.shapes) if spelling.shapes else 0,
        metric="f1" if scheme.name else "accuracy",
        hashes=hashes,
        metadata={
            "classes": classes,
            "scheme": scheme.name,
            "tokenizer": data.tokenizer,
            "notes": [n for n in (scheme.note, *notes, *coverage) if n],
            **sizes_of(parts, spelling, data.steps, data.char_steps),
            **statistics_of(words, splits["test"], unseen, data.char_steps),
        },
        arrays=arrays,
    )


def _arrays(
    words: Mapping[str, list[list[str]]],
    splits: Mapping[str, Split],
    spelling: Spelling,
) -> dict[str, np.ndarray]:
    """Tokens by index, the words of each split, and which are unseen."""
    shapes = spelling.shapes
    return {
        "vocabulary": _objects(spelling.words.words),
        "characters": _objects(spelling.characters.tokens),
        **({"shapes": _objects(shapes.words)} if shapes else {}),
        **{f"words_{part}": _objects(words[part]) for part in PARTS},
        **{f"unseen_{p}": m for p, m in _unseen(words, splits).items()},
    }


def _windows(sentences: list[Sentence], size: int) -> list[Sentence]:
    """Sentences split into pieces of at most so many words."""
    return [
        Sentence(words[start : start + size], tags[start : start + size])
        for words, tags in sentences
        for start in range(0, len(words), size)
    ]


def _encode(
    sentences: list[Sentence],
    spelling: Spelling,
    classes: list[str],
    steps: int,
) -> Split:
    """Sentences as arrays, of at least so many steps T."""
    x, lengths = spelling.encode([s.words for s in sentences], steps)
    mask = np.arange(x.shape[1]) < lengths[:, None]
    y = np.full(mask.shape, -1, np.int32)
    y[mask] = [classes.index(tag) for s in sentences for tag in s.tags]
    return Split(x, y, lengths)


def _unseen(
    words: Mapping[str, list[list[str]]], splits: Mapping[str, Split]
) -> dict[str, np.ndarray]:
    """Part -> (N, T) bool, true where no training sentence has the word."""
    tokens = {part: gather(words[part]) for part in PARTS}
    masks = {part: splits[part].y >= 0 for part in PARTS}
    for part, mask in masks.items():
        mask[mask] = unseen(tokens["train"], tokens[part])
    return masks


def _objects(items: Collection[Any]) -> np.ndarray:
    return np.fromiter(items, dtype=object, count=len(items))
