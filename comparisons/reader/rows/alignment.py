"""Sequence alignment: statements side by side, then tokens within them."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

Item = TypeVar("Item")
Other = TypeVar("Other")

LEAST = 0.52
"""Similarity of statements below which they are not put side by side."""

NEUTRAL = {
    *("torch", "nn", "F", "optim", "keras", "layers", "ops", "losses"),
    *("jax", "jnp", "nnx", "lax", "optax", "optimizers"),
    *("Tensor", "Array", "Any", "rngs", "dim", "axis", "self", "spec"),
    *("def", "class", "return", "for", "in", "if", "with", "yield", "raise"),
}
"""Words that do not say what a statement does."""

WORD = re.compile(r"\w")

SAME = {
    "forward": "call",
    "__call__": "call",
    "chunk": "split",
    "input_layer": "input",
}


def align(
    first: Sequence[Item],
    second: Sequence[Other],
    score: Callable[[Item, Other], float],
) -> list[tuple[int | None, int | None]]:
    """Pairs of positions with the highest total score, both orders kept.

    This is the algorithm of Needleman and Wunsch (1970) without a cost of gaps;
    a score of 0 is never paired. What has no partner is paired with None.
    """
    rows, columns = len(first), len(second)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows)):
        for j in reversed(range(columns)):
            value = score(first[i], second[j])
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if value > 0 and value + best[i + 1][j + 1] > best[i][j]:
                best[i][j] = value + best[i + 1][j + 1]
    pairs: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < rows and j < columns:
        if best[i][j] == best[i + 1][j]:
            pairs.append((i, None))
            i += 1
        elif best[i][j] == best[i][j + 1]:
            pairs.append((None, j))
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    pairs += [(n, None) for n in range(i, rows)]
    return pairs + [(None, n) for n in range(j, columns)]


@dataclass(frozen=True)
class Statement:
    """What of a statement is compared.

    words: its tokens; idioms: which known idioms it matches; comment: it is
        one, or a docstring.
    """

    words: tuple[str, ...]
    idioms: frozenset[str] = frozenset()
    comment: bool = False

    @cached_property
    def essence(self) -> Counter[str]:
        """The words that say what it does, with their number."""
        words = (SAME.get(word, word) for word in self.words)
        return Counter(
            word for word in words if word not in NEUTRAL and WORD.match(word)
        )


def similarity(first: Statement, second: Statement) -> float:
    """0 for statements that do not correspond, up to 3."""
    if first.comment != second.comment or not (first.words and second.words):
        return 0.0
    kinds = [
        next((w for w in s.words[:1] if w in KEYWORDS), "")
        for s in (first, second)
    ]
    idiom = bool(first.idioms & second.idioms)
    if kinds[0] != kinds[1] and not idiom:
        return 0.0
    one, two = first.essence, second.essence
    total = one.total() + two.total()
    share = 2 * (one & two).total() / total if total else 1.0
    begins = first.words[:1] == second.words[:1]
    value = share + 0.3 * begins + 0.7 * idiom
    target = begins and first.words[1:2] == second.words[1:2] == ("=",)
    least = LEAST + 0.3 * begins - 0.15 * target
    return value if value >= least or kinds[0] in ALWAYS else 0.0


KEYWORDS = {
    "def",
    "class",
    "return",
    "for",
    "if",
    "with",
    "yield",
    "@",
    "raise",
}
ALWAYS = {"def", "class"}


def align_all(
    columns: Sequence[Sequence[Item]],
    score: Callable[[Item, Item], float],
) -> list[list[int | None]]:
    """Rows of positions, one in each column or None; the first two go first."""
    rows: list[list[int | None]] = [[n] for n in range(len(columns[0]))]
    for count, column in enumerate(columns[1:], 1):

        def nearest(row: list[int | None], item: Item) -> float:
            found = (
                score(columns[k][n], item)
                for k, n in enumerate(row)
                if n is not None
            )
            return max(found, default=0.0)

        pairs = align(rows, column, nearest)
        rows = [
            [*(rows[i] if i is not None else [None] * count), j]
            for i, j in pairs
        ]
    return rows
