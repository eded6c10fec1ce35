"""Pairs of sentences without duplicates, in three splits by their groups."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from shared.datasets.tatoeba import HELD_OUT, Pair, parts_of
from shared.errors import DataError
from shared.specs import PARTS
from shared.tasks.translation.codec import Sentence
from shared.tasks.translation.tokenizers import tokens
from shared.text.tokenizers.options import SIMPLE

TokenPair = tuple[Sentence, Sentence]


def distinct_pairs(
    pairs: Sequence[Pair],
    groups: Sequence[str],
    longest: int,
    tokenizer: str = SIMPLE,
) -> dict[TokenPair, Any]:
    """Pair of at most so many words a side -> its group, or its source."""
    found: dict[TokenPair, Any] = {}
    for (source, target), group in zip_longest(pairs, groups[: len(pairs)]):
        pair = tokens(source, tokenizer), tokens(target, tokenizer)
        if all(0 < len(side) <= longest for side in pair):
            found.setdefault(pair, group or pair[0])
    return found


def split_by_group(
    groups: Mapping[TokenPair, Any], longest: int, left_out: int = 0
) -> dict[str, list[TokenPair]]:
    """Part -> its pairs; DataError if there is none for a part.

    left_out: how many pairs are longer than `longest`, or duplicates.
    """
    parts: dict[str, list[TokenPair]] = {name: [] for name in PARTS}
    for pair, number in zip(groups, parts_of(list(groups.values()), 0)):
        parts[PARTS[number]].append(pair)
    for name, pairs in parts.items():
        if not pairs:
            raise DataError(
                f"{len(groups):,} pairs of at most {longest} words are too "
                f"few: none is left for {name}; take a larger "
                f"{'--max-length or ' * bool(left_out)}file"
            )
    return parts


def with_references(
    pairs: list[TokenPair],
) -> list[tuple[Sentence, list[Sentence]]]:
    """At most HELD_OUT sources, each with all its targets."""
    references: defaultdict[Sentence, list[Sentence]] = defaultdict(list)
    for source, target in pairs:
        references[source].append(target)
    return list(references.items())[:HELD_OUT]
