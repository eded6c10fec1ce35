"""Pairs of sentences as a model's data: sources, and targets that end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from shared.datasets.tatoeba import HELD_OUT, Pairs, parts_of
from shared.decoding.options import END, START
from shared.errors import DataError
from shared.specs import Split
from shared.task import Dataset
from shared.tasks.translation import tokenizers
from shared.tasks.translation.text import tokens

PARTS = ("train", "validation", "test")

Sentence = tuple[str, ...]
"""Its words and signs."""


def pair_dataset(
    found: Pairs,
    unit: str,
    longest: int,
    least_count: int,
    pieces: int,
    split: int = 0,
) -> Dataset:
    """The pairs within the maximal length, in three splits.

    Validation and test have each source once, at most HELD_OUT sources, with
    the first of its targets as y and all of them as references.
    """
    pairs, groups = _kept(found, longest)
    parts = parts_of(groups, split)
    by_part = {
        name: [pairs[row] for row in np.flatnonzero(parts == number)]
        for number, name in enumerate(PARTS)
    }
    for name, own in by_part.items():
        if not own:
            raise DataError(
                f"{len(pairs):,} pairs of at most {longest} words are too few: "
                f"none is left for {name}; take a larger --max-length or file"
            )
    make = tokenizers.MAKERS[unit]
    kept = {
        side: make([pair[n] for pair in by_part["train"]], least_count, pieces)
        for n, side in enumerate(("source", "target"))
    }
    references = {name: _references(by_part[name]) for name in PARTS[1:]}
    scored = {
        name: [(source, own[0]) for source, own in references[name].items()]
        for name in PARTS[1:]
    }
    return Dataset(
        train=encode_pairs(by_part["train"], kept),
        validation=encode_pairs(scored["validation"], kept),
        test=encode_pairs(scored["test"], kept),
        input_size=len(kept["source"]["symbols"]),
        output_size=len(kept["target"]["symbols"]),
        hashes=found.hashes,
        metadata={
            "pairs": {name: len(own) for name, own in by_part.items()},
            "sources": {
                n: len({s for s, _ in own}) for n, own in by_part.items()
            },
            "left_out": len(found.pairs) - len(pairs),
            "unit": unit,
            "max_length": longest,
            "kept": kept,
            "notes": list(found.notes),
        },
        arrays={
            "train": _objects(by_part["train"]),
            **{
                name: _objects(list(references[name].items()))
                for name in PARTS[1:]
            },
        },
    )


def encode_pairs(
    pairs: Sequence[tuple[Sentence, Sentence]], kept: Mapping[str, Any]
) -> Split:
    """Sources with an end, decoder inputs (N, T, 2), targets (N, T)."""
    cut = {side: tokenizers.encoder(own) for side, own in kept.items()}
    sources = [[*cut["source"](source), END] for source, _ in pairs]
    targets = [[*cut["target"](target), END] for _, target in pairs]
    longest = max(len(symbols) for symbols in (*sources, *targets))
    x = np.zeros((len(pairs), longest, 2), np.int32)
    y = np.full((len(pairs), longest), -1, np.int32)
    for row, (source, target) in enumerate(zip(sources, targets, strict=True)):
        x[row, : len(source), 0] = source
        x[row, : len(target), 1] = [START, *target[:-1]]
        y[row, : len(target)] = target
    lengths = np.array([len(source) for source in sources], np.int32)
    return Split(x, y, lengths)


def _kept(
    found: Pairs, longest: int
) -> tuple[list[tuple[Sentence, Sentence]], list[Any]]:
    """The distinct tokenized pairs, neither side empty or too long.

    And the group of each, by default its source.
    """
    kept: dict[tuple[Sentence, Sentence], Any] = {}
    for number, (source, target) in enumerate(found.pairs):
        pair = tokens(source), tokens(target)
        if all(0 < len(side) <= longest for side in pair):
            group = found.groups[number] if found.groups else pair[0]
            kept.setdefault(pair, group)
    return list(kept), list(kept.values())


def _references(
    pairs: Sequence[tuple[Sentence, Sentence]],
) -> dict[Sentence, list[Sentence]]:
    """Source -> all of its targets, in order; at most HELD_OUT sources."""
    found: dict[Sentence, list[Sentence]] = {}
    for source, target in pairs:
        found.setdefault(source, []).append(target)
    return dict(list(found.items())[:HELD_OUT])


def _objects(items: Sequence[Any]) -> np.ndarray:
    found = np.empty(len(items), object)
    found[:] = list(items)
    return found
