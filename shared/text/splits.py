"""Training, validation and test: examples dealt, none of them leaking."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from shared.text.tagged import Sentence

PARTS = ("train", "validation", "test")
SHARES = (0.1, 0.1)
"""Of validation and test; the rest is for training."""

LEAST = 6
"""Different texts that a class needs to be in all parts; 10 % of it is one."""

Item = TypeVar("Item", str, int)


def split_texts(
    texts: Sequence[str], labels: Sequence[str], seed: int
) -> dict[str, list[int]]:
    """The rows of each split: 80, 10 and 10 % of the distinct texts.

    All rows of one text are in one split, even if they differ in class. Each
    class is split by these shares; a text of several classes counts for the
    rarest of them. A class of fewer than LEAST texts is training only.
    """
    part_of = _deal(strata(texts, labels), seed)
    return _rows(part_of[text] for text in texts)


def split_rows(labels: Sequence[str], seed: int) -> dict[str, list[int]]:
    """The rows of each split: 80, 10 and 10 % of each class.

    A repeated text may be in several splits, so scores are higher than on
    unseen texts.
    """
    rows = defaultdict(list)
    for row, label in enumerate(labels):
        rows[label].append(row)
    part_of = _deal(rows, seed)
    return _rows(part_of[row] for row in range(len(labels)))


def split_sentences(
    sentences: Sequence[Sentence], seed: int
) -> dict[str, list[int]]:
    """The rows of each split: 80, 10 and 10 % of the distinct sentences.

    Sentences of the same words are in one split, whatever their tags.
    """
    texts = ["\t".join(sentence.words) for sentence in sentences]
    return split_texts(texts, [""] * len(texts), seed)


def strata(texts: Sequence[str], labels: Sequence[str]) -> dict[str, list[str]]:
    """Class -> its distinct texts, sorted, each in its rarest class."""
    found = defaultdict(list)
    class_of = rarest(texts, labels)
    for text in sorted(class_of):
        found[class_of[text]].append(text)
    return found


def rarest(texts: Sequence[str], labels: Sequence[str]) -> dict[str, str]:
    """Text -> the rarest of its classes."""
    sizes = Counter(labels)
    found: dict[str, str] = {}
    for text, label in zip(texts, labels, strict=True):
        other = found.setdefault(text, label)
        if other != label and (sizes[label], label) < (sizes[other], other):
            found[text] = label
    return found


def subset(items: list[Any], count: int, seed: int) -> list[Any]:
    """A random subset of `count` items, in their order; 0: all."""
    if not 0 < count < len(items):
        return items
    rows = np.random.default_rng([seed, 5]).permutation(len(items))[:count]
    return [items[row] for row in sorted(rows)]


def _deal(groups: Mapping[str, list[Item]], seed: int) -> dict[Item, str]:
    """Item -> split, each group shuffled and cut by the shares."""
    rng = np.random.default_rng([seed, 4])
    part_of: dict[Item, str] = {}
    for _, items in sorted(groups.items()):
        shares = SHARES if len(items) >= LEAST else (0.0, 0.0)
        counts: list[int] = [round(share * len(items)) for share in shares]
        first = len(items) - sum(counts)
        cuts = np.cumsum([first, *counts[:-1]])
        order = rng.permutation(len(items))
        for part, rows in zip(PARTS, np.split(order, cuts), strict=True):
            part_of.update({items[row]: part for row in rows})
    return part_of


def _rows(parts: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {part: [] for part in PARTS}
    for row, part in enumerate(parts):
        found[part].append(row)
    return found
