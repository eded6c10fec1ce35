"""Tagged sentences as the arrays that models and scores read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from shared.specs import PARTS, Split
from shared.task import Dataset, Splits
from shared.tasks.tagging.scores import metric_of
from shared.text.tagged import Sentence
from shared.text.tokens import gather, unseen
from shared.text.vocabulary import UNKNOWN
from shared.text.word_characters import Spelling

Words = Mapping[str, Sequence[Sequence[str]]]
"""Part -> the words of each sentence."""


def subset(sentences: list[Sentence], count: int, seed: int) -> list[Sentence]:
    """A random subset of `count` sentences, in their order; 0: all."""
    if not 0 < count < len(sentences):
        return sentences
    rows = np.random.default_rng([seed, 5]).permutation(len(sentences))
    return [sentences[row] for row in sorted(rows[:count])]


def pieces(sentences: Sequence[Sentence], steps: int) -> list[Sentence]:
    """The sentences, long ones split, so that no word is lost."""
    return [
        Sentence(words[start : start + steps], tags[start : start + steps])
        for words, tags in sentences
        for start in range(0, len(words), steps)
    ]


def tag_dataset(
    parts: Mapping[str, list[Sentence]],
    hashes: Mapping[str, str],
    min_count: int,
    steps: int,
    char_steps: int,
) -> Dataset:
    sentences = {**parts, "train": pieces(parts["train"], steps)}
    words = {part: [s.words for s in sentences[part]] for part in PARTS}
    classes = sorted({t for p in PARTS for s in parts[p] for t in s.tags})
    spelling = Spelling.learn(words["train"], min_count, char_steps)
    # Both parts that are predicted have one T: less is compiled.
    longest = max(len(row) for p in PARTS[1:] for row in words[p])
    splits = {
        p: encode(
            sentences[p], spelling, classes, 0 if p == "train" else longest
        )
        for p in PARTS
    }
    arrays = {
        "vocabulary": _objects(spelling.words.words),
        "characters": _objects(spelling.characters.symbols),
        **{f"words_{part}": _objects(words[part]) for part in PARTS},
        **{f"unseen_{part}": _unseen(words, splits, part) for part in PARTS},
    }
    sizes = {p: [len(s.words) for s in parts[p]] for p in PARTS}
    return Dataset(
        *Splits(**splits),
        input_size=len(spelling.words),
        output_size=len(classes),
        char_size=len(spelling.characters),
        metric=metric_of(classes),
        hashes=hashes,
        metadata={
            "classes": classes,
            "longest_of_all": max(max(own) for own in sizes.values()),
            "steps": steps,
            "sentences_in_pieces": sum(n > steps for n in sizes["train"]),
            **_facts(words, splits, arrays, spelling),
        },
        arrays=arrays,
    )


def encode(
    sentences: Sequence[Sentence],
    spelling: Spelling,
    classes: list[str],
    steps: int = 0,
) -> Split:
    """The examples of a split; tags are -1 past each end."""
    rows = [sentence.words for sentence in sentences]
    x, lengths = spelling.encode(rows, steps)
    place = {tag: i for i, tag in enumerate(classes)}
    tags = [place[tag] for sentence in sentences for tag in sentence.tags]
    y = np.full(x.shape[:2], -1, dtype=np.int32)
    y[np.arange(x.shape[1]) < lengths[:, None]] = tags
    return Split(x, y, lengths)


def _unseen(words: Words, splits: Mapping[str, Split], part: str) -> np.ndarray:
    """Words (N, T) whose exact form is not in training."""
    y = splits[part].y
    strange = np.zeros(y.shape, dtype=bool)
    strange[y >= 0] = unseen(gather(words["train"]), gather(words[part]))
    return strange


def _facts(
    words: Words,
    splits: Mapping[str, Split],
    arrays: Mapping[str, np.ndarray],
    spelling: Spelling,
) -> dict[str, Any]:
    x, y, _ = splits["test"]
    known = {tuple(row) for row in words["train"]}
    sizes = [len(word) for row in words["test"] for word in row]
    return {
        "sentences": {part: len(words[part]) for part in PARTS},
        "words": {part: sum(map(len, words[part])) for part in PARTS},
        "longest_sentence": {p: max(map(len, words[p])) for p in PARTS},
        "vocabulary_size": len(spelling.words),
        "characters": len(spelling.characters),
        "test_words_unknown": float(np.mean(x[y >= 0][:, 0] == UNKNOWN)),
        "test_words_unseen": float(arrays["unseen_test"][y >= 0].mean()),
        "test_words_cut": float(np.mean(np.array(sizes) >= x.shape[2])),
        "test_sentences_in_train": sum(
            tuple(row) in known for row in words["test"]
        ),
    }


def _objects(items: Sequence[Any]) -> np.ndarray:
    return np.fromiter(items, dtype=object, count=len(items))
