"""Sizes and shares that the report and a checkpoint say of sentences."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from shared.specs import PARTS, Split
from shared.text.tagged import Sentence
from shared.text.vocabulary import UNKNOWN
from shared.text.words.characters import Spelling


def sizes_of(
    parts: Mapping[str, list[Sentence]],
    spelling: Spelling,
    steps: int,
    char_steps: int,
) -> dict[str, int]:
    """Lengths of the sentences, and sizes of what is learned."""
    lengths = {part: [len(s.words) for s in parts[part]] for part in PARTS}
    shapes = spelling.shapes
    return {
        "longest_of_all": max(map(max, lengths.values())),
        "steps": steps,
        "sentences_in_pieces": sum(n > steps for n in lengths["train"]),
        "vocabulary_size": len(spelling.words),
        "characters": len(spelling.characters),
        **({"shapes": len(shapes)} if shapes else {}),
        "char_steps": char_steps,
    }


def statistics_of(
    words: Mapping[str, list[list[str]]],
    test: Split,
    unseen: np.ndarray,
    char_steps: int,
) -> dict[str, Any]:
    """Sizes of the splits, and shares of test words."""
    x, y, _ = test
    train = {tuple(row) for row in words["train"]}
    sizes = np.array([len(word) for row in words["test"] for word in row])
    return {
        "sentences": {part: len(words[part]) for part in PARTS},
        "words": {part: sum(map(len, words[part])) for part in PARTS},
        "longest_sentence": {p: max(map(len, words[p])) for p in PARTS},
        "test_words_unknown": float(np.mean(x[y >= 0][:, 0] == UNKNOWN)),
        "test_words_unseen": float(unseen[y >= 0].mean()),
        "test_words_cut": float(np.mean(sizes > char_steps)),
        "test_sentences_in_train": sum(
            tuple(row) in train for row in words["test"]
        ),
    }
