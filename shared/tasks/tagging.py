"""Tag each word of a sentence: parts of speech, or named entities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from shared.datasets import ewt, wnut17
from shared.datasets.spelling import Spelling
from shared.datasets.tagged import Sentence
from shared.datasets.tokens import gather, unseen
from shared.datasets.vocabulary import UNKNOWN
from shared.datasets.words import FIRST
from shared.specs import ModelSpec, Split, TrainSpec, check, option
from shared.tag_scores import baselines, metric_of, score
from shared.task import Dataset, Task

PARTS = ("train", "validation", "test")

READERS = {"ewt": ewt, "wnut17": wnut17}
"""Data set -> what fetches and loads it."""


@dataclass(frozen=True)
class TaggingData:
    """The sentences and how they are read."""

    dataset: str = option("ewt", "the sentences", choices=tuple(READERS))
    min_count: int = option(
        2, "times that training holds a word that is known", least=1
    )
    steps: int = option(
        64,
        "words of a training sentence; a longer one is read in pieces, those "
        "of validation and test whole",
        least=1,
    )
    char_steps: int = option(
        12, "characters of a word; of a longer one its two ends", least=1
    )
    train_sentences: int = option(
        0, "training sentences kept, drawn by split_seed; 0: all", least=0
    )
    split_seed: int = option(
        0, "of what is drawn, the same for all training seeds", least=0
    )

    def __post_init__(self) -> None:
        """Check every field."""
        check(self)


def fetch(data: TaggingData, progress: bool) -> None:
    """Make the files present."""
    READERS[data.dataset].fetch(progress)


def load(data: TaggingData, seed: int) -> Dataset:
    """Words and characters as indices (N, T, 1 + C), tags (N, T).

    All training seeds share the parts; `seed` changes nothing here.
    """
    parts, hashes = READERS[data.dataset].load()
    kept = _subset(parts["train"], data)
    parts = {**parts, "train": _pieces(kept, data.steps)}
    words = {part: [s.words for s in parts[part]] for part in PARTS}
    classes = sorted({t for p in PARTS for s in parts[p] for t in s.tags})
    spelling = Spelling.learn(words["train"], data.min_count, data.char_steps)
    splits = {p: _encode(parts[p], spelling, classes) for p in PARTS}
    arrays = {
        "vocabulary": _objects(spelling.words.words),
        "characters": _objects(spelling.characters.symbols),
        **{f"words_{p}": _objects(words[p]) for p in PARTS},
        **{f"unseen_{p}": _unseen(words, splits, p) for p in PARTS},
    }
    return Dataset(
        train=splits["train"],
        validation=splits["validation"],
        test=splits["test"],
        input_size=len(spelling.words),
        output_size=len(classes),
        char_size=len(spelling.characters),
        metric=metric_of(classes),
        hashes=hashes,
        facts={"classes": classes, **_facts(words, splits, arrays, kept)},
        arrays=arrays,
    )


def _subset(sentences: list[Sentence], data: TaggingData) -> list[Sentence]:
    """The training sentences kept, in their order."""
    if not 0 < data.train_sentences < len(sentences):
        return sentences
    rng = np.random.default_rng([data.split_seed, 5])
    rows = rng.permutation(len(sentences))[: data.train_sentences]
    return [sentences[row] for row in sorted(rows)]


def _pieces(sentences: Sequence[Sentence], steps: int) -> list[Sentence]:
    """The sentences, long ones in pieces, so that no word is lost."""
    return [
        Sentence(words[start : start + steps], tags[start : start + steps])
        for words, tags in sentences
        for start in range(0, len(words), steps)
    ]


def _encode(
    sentences: Sequence[Sentence], spelling: Spelling, classes: list[str]
) -> Split:
    """The examples of a part; its tags are -1 past each end."""
    x, lengths = spelling.encode([sentence.words for sentence in sentences])
    place = {tag: i for i, tag in enumerate(classes)}
    tags = [place[tag] for sentence in sentences for tag in sentence.tags]
    y = np.full(x.shape[:2], -1, dtype=np.int32)
    y[np.arange(x.shape[1]) < lengths[:, None]] = tags
    return Split(x, y, lengths)


def _unseen(
    words: dict[str, list[list[str]]], splits: dict[str, Split], part: str
) -> np.ndarray:
    """Which words (N, T) do not stand in training as they are written."""
    y = splits[part].y
    strange = np.zeros(y.shape, dtype=bool)
    strange[y >= 0] = unseen(gather(words["train"]), gather(words[part]))
    return strange


def _facts(
    words: dict[str, list[list[str]]],
    splits: dict[str, Split],
    arrays: dict[str, np.ndarray],
    kept: list[Sentence],
) -> dict[str, Any]:
    """Sizes, and what the model does not see of the words."""
    test, steps = words["test"], splits["test"].x.shape[2] - 1
    tokens = [word for row in test for word in row]
    valid = splits["test"].y >= 0
    learnt = {tuple(sentence.words) for sentence in kept}
    return {
        "sentences": {part: len(words[part]) for part in PARTS},
        "words": {part: sum(map(len, words[part])) for part in PARTS},
        "longest_sentence": {p: splits[p].x.shape[1] for p in PARTS},
        "sentences_read_in_pieces": len(words["train"]) - len(kept),
        "vocabulary_size": len(arrays["vocabulary"]) + FIRST,
        "characters": len(arrays["characters"]),
        "test_words_unknown": float(
            np.mean(splits["test"].x[valid][:, 0] == UNKNOWN)
        ),
        "test_words_unseen": float(arrays["unseen_test"][valid].mean()),
        "test_words_cut": float(np.mean([len(w) > steps for w in tokens])),
        "test_sentences_in_train": sum(tuple(row) in learnt for row in test),
    }


def _objects(items: Sequence[Any]) -> np.ndarray:
    """Items as an array (N,) of objects, lists among them."""
    return np.fromiter(items, dtype=object, count=len(items))


TASK = Task(
    name="tagging",
    summary="tag of each word of a sentence (many-to-many labels)",
    model=ModelSpec(
        model="tagger",
        input="embedding",
        embedding_size=64,
        hidden_size=128,
        bidirectional=True,
        dropout=0.5,
        char_encoder=True,
        char_size=1,  # set by the data, as are all sizes of vocabularies
    ),
    train=TrainSpec(
        epochs=10,
        batch_size=32,
        learning_rate=3e-3,
        schedule="cosine",
        clip_norm=1.0,
        patience=10,
    ),
    data=TaggingData(),
    presets={"quick": {"seeds": 1}, "standard": {"seeds": 3}},
    threads=1,
    metric="accuracy",
    better="higher",
    load=load,
    score=score,
    baselines=baselines,
    fetch=fetch,
)
