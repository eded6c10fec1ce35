"""Pairs of sentences as a model's data: sources, and targets that end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import numpy as np

from shared.datasets.synthetic_pairs import read_copied, read_reversed
from shared.datasets.tatoeba import HELD_OUT, Pairs, parts_of, read_tatoeba
from shared.decoding.options import END, START
from shared.errors import DataError
from shared.fields import option
from shared.files.user_file import UserFile
from shared.specs import Split
from shared.task import Dataset, Splits
from shared.tasks.translation.tokenizers import TOKENIZERS, encoder, tokens

Sentence = tuple[str, ...]
"""Its words and signs."""

READERS = {
    "tatoeba": read_tatoeba,
    "reverse": read_reversed,
    "copy": read_copied,
}


@dataclass(frozen=True)
class PairData(UserFile):
    dataset: str = option(
        "tatoeba", "data set of sentence pairs", choices=tuple(READERS)
    )
    max_length: int = option(
        10, "largest number of words per sentence", least=1
    )
    pairs: int = option(
        0, "sentence pairs to use, from the shortest; 0: all", least=0
    )
    tokenizer: str = option(
        "word",
        "words, or subwords by byte-pair encoding",
        choices=tuple(TOKENIZERS),
    )
    min_count: int = option(
        2,
        "occurrences in the training split that a word of the vocabulary needs",
        least=1,
    )
    vocab_size: int = option(
        8000, "number of subwords when --tokenizer is bpe", least=16
    )


def pair_dataset(found: Pairs, options: PairData) -> Dataset:
    """The distinct pairs within the maximal length, in three splits.

    x: sources and decoder inputs (N, T, 2); y: targets (N, T). Validation and
    test have each source once, at most HELD_OUT sources, with the first of its
    targets as y and all of them as references. Pairs without a group are
    grouped by their source.
    """
    longest, end = options.max_length, options.pairs or None
    groups: dict[tuple[Sentence, Sentence], Any] = {}
    for texts, group in zip_longest(found.pairs[:end], found.groups[:end]):
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
    arrays: dict[str, list[Any]] = {"train": by_part["train"]}
    splits = [encode_pairs(by_part["train"], vocabularies)]
    for name in Splits._fields[1:]:
        references: defaultdict[Sentence, list[Sentence]] = defaultdict(list)
        for source, target in by_part[name]:
            references[source].append(target)
        arrays[name] = list(references.items())[:HELD_OUT]
        first = [(source, targets[0]) for source, targets in arrays[name]]
        splits.append(encode_pairs(first, vocabularies))
    return Dataset(
        *Splits(*splits),
        input_size=len(vocabularies["source"]["symbols"]),
        output_size=len(vocabularies["target"]["symbols"]),
        hashes=found.hashes,
        metadata={
            "pairs": {name: len(pairs) for name, pairs in by_part.items()},
            "sources": {
                name: len({source for source, _ in pairs})
                for name, pairs in by_part.items()
            },
            "left_out": len(found.pairs[:end]) - len(groups),
            "unit": options.tokenizer,
            "max_length": longest,
            "vocabularies": vocabularies,
            "notes": list(found.notes),
        },
        arrays={name: _objects(items) for name, items in arrays.items()},
    )


def encode_pairs(
    pairs: Sequence[tuple[Sentence, Sentence]],
    vocabularies: Mapping[str, Mapping[str, Any]],
) -> Split:
    """Sources with an end, decoder inputs (N, T, 2), targets (N, T)."""
    encode = {side: encoder(vocab) for side, vocab in vocabularies.items()}
    sources = [[*encode["source"](source), END] for source, _ in pairs]
    targets = [[*encode["target"](target), END] for _, target in pairs]
    longest = max(map(len, sources + targets))
    x = np.zeros((len(pairs), longest, 2), np.int32)
    y = np.full((len(pairs), longest), -1, np.int32)
    for row, (source, target) in enumerate(zip(sources, targets, strict=True)):
        x[row, : len(source), 0] = source
        x[row, : len(target), 1] = [START, *target[:-1]]
        y[row, : len(target)] = target
    return Split(x, y, np.array(list(map(len, sources)), np.int32))


def _objects(items: Sequence[Any]) -> np.ndarray:
    """An array (N,) of any objects, which numpy does not look into."""
    array = np.empty(len(items), object)
    array[:] = items
    return array
