"""Pairs of sentences as a model's data: sources, and targets that end."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from shared.datasets import self_dialogue, synthetic_pairs, tatoeba
from shared.datasets.tatoeba import Pairs, read_own
from shared.fields import count, from_zero, option
from shared.files.user_file import UserFile, hashes
from shared.specs import PARTS
from shared.task import Dataset, Splits
from shared.tasks.translation.codec import encode_pairs
from shared.tasks.translation.splits import (
    distinct_pairs,
    split_by_group,
    with_references,
)
from shared.tasks.translation.tokenizers import vocabulary_by, words_of
from shared.text.scripts import cut_note
from shared.text.summary import wrap_lines
from shared.text.tokenizers.options import TokenizerOptions

READERS = {
    "tatoeba": tatoeba.read_tatoeba,
    "reverse": synthetic_pairs.read_reversed,
    "copy": synthetic_pairs.read_copied,
    "self-dialogue": self_dialogue.read_dialogues,
}
FETCHERS = {
    "tatoeba": tatoeba.fetch_tatoeba,
    "self-dialogue": self_dialogue.fetch,
}
UNITS = {"word": "words", "bpe": "subwords", "hf": "subwords"}


@dataclass(frozen=True)
class PairData(UserFile, TokenizerOptions):
    COPIED_AS: ClassVar[str] = ".jsonl"

    dataset: str = option(
        "tatoeba",
        "data set of sentence pairs",
        choices=("tatoeba", "reverse", "copy"),
    )
    max_length: int = count(10, "largest number of words per sentence")
    pairs: int = from_zero(
        0, "sentence pairs to use, from the shortest; 0: all"
    )
    min_count: int = count(
        2,
        "occurrences in the training split that a word of the vocabulary needs",
    )


def load(data: PairData, seed: int) -> Dataset:
    pairs = read_own(data) if data.data else READERS[data.dataset]()
    return pair_dataset(pairs, data)


def pair_dataset(corpus: Pairs, options: PairData) -> Dataset:
    """The distinct pairs within the maximal length, in three splits.

    x: sources and decoder inputs (N, T, 2); y: targets (N, T). Validation and
    test have each source once, at most HELD_OUT sources, with the first of its
    targets as y and all of them as references.
    """
    used = corpus.pairs[: options.pairs or None]
    words = words_of(options.tokenizer)
    groups = distinct_pairs(used, corpus.groups, options.max_length, words)
    left_out = len(used) - len(groups)
    parts = split_by_group(groups, options.max_length, left_out)
    make = vocabulary_by(options.tokenizer)
    vocabularies = {
        side: make(sentences, options.min_count, options.vocab_size)
        for side, sentences in zip(
            ("source", "target"), zip(*parts["train"], strict=True)
        )
    }
    known = (word for v in vocabularies.values() for word in v["tokens"])
    train = parts["train"]
    held_out = {name: with_references(parts[name]) for name in PARTS[1:]}
    first = (
        [(source, targets[0]) for source, targets in pairs]
        for pairs in held_out.values()
    )
    return Dataset(
        *Splits(*(encode_pairs(p, vocabularies) for p in (train, *first))),
        input_size=len(vocabularies["source"]["tokens"]),
        output_size=len(vocabularies["target"]["tokens"]),
        hashes={**corpus.hashes, **hashes(options)},
        metadata={
            "pairs": {name: len(pairs) for name, pairs in parts.items()},
            "sources": {n: len(dict(pairs)) for n, pairs in parts.items()},
            "left_out": left_out,
            "unit": vocabularies["source"]["unit"],
            "tokenizer": words,
            "max_length": options.max_length,
            "vocabularies": vocabularies,
            "notes": [*corpus.notes, *cut_note(known)],
        },
        arrays={
            "train": np.fromiter(train, object),
            **{n: np.fromiter(pairs, object) for n, pairs in held_out.items()},
        },
    )


def summarize(dataset: Dataset) -> list[str]:
    metadata = dataset.metadata
    pairs, sources = metadata["pairs"], metadata["sources"]
    lines = [
        f"{pairs['train']:,} pairs for training, {sources['validation']:,} "
        f"sentences for validation, {sources['test']:,} for test "
        f"({pairs['test']:,} translations)",
        "split: by distinct source, so that all of its translations are in "
        "one split",
        f"at most {metadata['max_length']} words a side: "
        f"{metadata['left_out']:,} pairs are longer or duplicates",
        f"vocabularies of {UNITS[metadata['unit']]}: {dataset.input_size:,} "
        f"and {dataset.output_size:,}",
    ]
    return wrap_lines([*lines, *metadata["notes"]])
