"""Pairs of sentences as a model's data: sources, and targets that end."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import numpy as np

from shared.datasets import self_dialogue, synthetic_pairs, tatoeba
from shared.datasets.tatoeba import HELD_OUT, Pairs, parts_of, read_own
from shared.errors import DataError
from shared.fields import count, from_zero, option
from shared.files.user_file import UserFile
from shared.task import Dataset, Splits
from shared.tasks.translation.codec import Sentence, encode_pairs
from shared.tasks.translation.tokenizers import TOKENIZERS, tokens
from shared.text.summary import wrap_lines

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


@dataclass(frozen=True)
class PairData(UserFile):
    dataset: str = option(
        "tatoeba",
        "data set of sentence pairs",
        choices=("tatoeba", "reverse", "copy"),
    )
    max_length: int = count(10, "largest number of words per sentence")
    pairs: int = from_zero(
        0, "sentence pairs to use, from the shortest; 0: all"
    )
    tokenizer: str = option(
        "word",
        "words, or subwords by byte-pair encoding",
        choices=tuple(TOKENIZERS),
    )
    min_count: int = count(
        2,
        "occurrences in the training split that a word of the vocabulary needs",
    )
    vocab_size: int = option(
        8000, "number of subwords when --tokenizer is bpe", least=16
    )


def load(data: PairData, seed: int) -> Dataset:
    pairs = read_own(data) if data.data else READERS[data.dataset]()
    return pair_dataset(pairs, data)


def pair_dataset(corpus: Pairs, options: PairData) -> Dataset:
    """The distinct pairs within the maximal length, in three splits.

    x: sources and decoder inputs (N, T, 2); y: targets (N, T). Validation and
    test have each source once, at most HELD_OUT sources, with the first of its
    targets as y and all of them as references. Pairs without a group are
    grouped by their source.
    """
    longest, end = options.max_length, options.pairs or None
    groups: dict[tuple[Sentence, Sentence], Any] = {}
    for texts, group in zip_longest(corpus.pairs[:end], corpus.groups[:end]):
        pair = tokens(texts[0]), tokens(texts[1])
        if all(0 < len(side) <= longest for side in pair):
            groups.setdefault(pair, group or pair[0])
    by_part: dict[str, list[tuple[Sentence, Sentence]]]
    by_part = {name: [] for name in Splits._fields}
    for pair, number in zip(groups, parts_of(list(groups.values()), 0)):
        by_part[Splits._fields[number]].append(pair)
    for name, pairs in by_part.items():
        if not pairs:
            raise DataError(
                f"{len(groups):,} pairs of at most {longest} words are too "
                f"few: none is left for {name}; take a larger --max-length or "
                "file"
            )
    make = TOKENIZERS[options.tokenizer]
    vocabularies = {
        side: make(sentences, options.min_count, options.vocab_size)
        for side, sentences in zip(
            ("source", "target"), zip(*by_part["train"], strict=True)
        )
    }
    arrays = {"train": np.fromiter(by_part["train"], object)}
    splits = [encode_pairs(by_part["train"], vocabularies)]
    for name in Splits._fields[1:]:
        references: defaultdict[Sentence, list[Sentence]] = defaultdict(list)
        for source, target in by_part[name]:
            references[source].append(target)
        held_out = list(references.items())[:HELD_OUT]
        arrays[name] = np.fromiter(held_out, object)
        first = [(source, targets[0]) for source, targets in held_out]
        splits.append(encode_pairs(first, vocabularies))
    return Dataset(
        *Splits(*splits),
        input_size=len(vocabularies["source"]["tokens"]),
        output_size=len(vocabularies["target"]["tokens"]),
        hashes=corpus.hashes,
        metadata={
            "pairs": {name: len(pairs) for name, pairs in by_part.items()},
            "sources": {n: len(dict(pairs)) for n, pairs in by_part.items()},
            "left_out": len(corpus.pairs[:end]) - len(groups),
            "unit": options.tokenizer,
            "max_length": longest,
            "vocabularies": vocabularies,
            "notes": list(corpus.notes),
        },
        arrays=arrays,
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
        f"vocabularies of {metadata['unit']}s: {dataset.input_size:,} and "
        f"{dataset.output_size:,}",
    ]
    return wrap_lines([*lines, *metadata["notes"]])
