"""N-gram models of tokens, interpolated and smoothed as Witten and Bell.

Witten and Bell 1991, The Zero-Frequency Problem; interpolated as in Chen and
Goodman 1999, An Empirical Study of Smoothing Techniques, section 2.5:

    p(w | h) = (c(h w) + n(h) p(w | h')) / (c(h) + n(h))

c counts occurrences in training, n(h) the distinct tokens that follow h there,
and h' is h without its first token; below the unigrams, p is 1 / V.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from shared.files.limits import LEARNED
from shared.specs import Split
from shared.task import Dataset, Scores
from shared.tasks.language_modeling.data import stream
from shared.tasks.language_modeling.scores import score

PIECE = 1 << 20
"""Tokens whose losses are computed at once."""


class Order(NamedTuple):
    """The n-grams of one n, each encoded as context index * V + token.

    codes: (M,) int64, ascending; counts: (M,), occurrences of each; totals,
        types: (contexts,), c(h) and n(h) of the (n - 1)-grams.
    """

    codes: np.ndarray
    counts: np.ndarray
    totals: np.ndarray
    types: np.ndarray


def baselines(dataset: Dataset) -> dict[str, Scores]:
    """Of the first `LEARNED` tokens of training, if there are more."""
    n = 3 if dataset.metadata["unit"] == "word" else 5
    more = dataset.train.x.size > LEARNED
    some = f" (of the first {LEARNED:,} tokens)" if more else ""
    names = (("unigram", 1), (f"{n}-gram, Witten-Bell", n))
    return {
        name + some: score(ngram_losses(dataset, order), "test", dataset)
        for name, order in names
    }


def learn(tokens: np.ndarray, size: int, n: int) -> list[Order]:
    """The n-grams of 1 to n tokens in tokens (P,), of a vocabulary V."""
    orders = []
    contexts, count = np.zeros(len(tokens), np.int32), 1
    for length in range(1, n + 1):
        # The first tokens have no context of the length.
        known = slice(length - 1, None)
        codes, counts = _count(contexts[known], tokens[known], size)
        before = codes // size
        totals = np.bincount(before, counts, minlength=count)
        types = np.bincount(before, minlength=count)
        orders.append(Order(codes, counts, totals, types))
        if length < n:
            _advance(contexts[known], tokens[known], size, codes)
        count = len(codes)
    return orders


def _count(
    contexts: np.ndarray, tokens: np.ndarray, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """The distinct codes, ascending, and how often each occurs: (M,).

    Piece by piece: the codes of all tokens are never in memory together.
    """
    codes, counts = np.empty(0, np.int64), np.empty(0, np.int64)
    for start in range(0, len(tokens), PIECE):
        piece = slice(start, start + PIECE)
        new = np.unique(
            _codes(contexts[piece], tokens[piece], size), return_counts=True
        )
        merged = np.union1d(codes, new[0])
        totals = np.zeros(len(merged), np.int64)
        for some, times in ((codes, counts), new):
            totals[np.searchsorted(merged, some)] += times
        codes, counts = merged, totals
    return codes, counts


def _advance(
    contexts: np.ndarray, tokens: np.ndarray, size: int, codes: np.ndarray
) -> None:
    """Make the n-gram that ends at a token the context of the next one."""
    before = contexts[:1].copy()
    for start in range(0, len(tokens), PIECE):
        piece = slice(start, start + PIECE)
        found = np.searchsorted(
            codes, _codes(contexts[piece], tokens[piece], size)
        )
        contexts[piece] = np.concatenate([before, found[:-1]])
        before = found[-1:]


def _codes(contexts: np.ndarray, tokens: np.ndarray, size: int) -> np.ndarray:
    codes: np.ndarray = contexts * np.int64(size) + tokens
    return codes


def losses(orders: list[Order], tokens: np.ndarray, size: int) -> np.ndarray:
    """-ln p of each token given all previous ones, in nats: (P,)."""
    probs = np.full(len(tokens), 1.0 / size)
    contexts = np.zeros(len(tokens), np.int64)  # -1: not in training
    for order in orders:
        codes = np.where(contexts < 0, -1, contexts * size + tokens)
        indices = np.searchsorted(order.codes, codes) % len(order.codes)
        indices[order.codes[indices] != codes] = -1
        # Index -1 takes the last one's count, which is not used.
        counts = np.where(indices < 0, 0, order.counts[indices])
        types = np.where(contexts < 0, 0, order.types[contexts])
        below = np.where(contexts < 0, 0, order.totals[contexts]) + types
        followed = below > 0
        mixed = counts + types * probs
        probs[followed] = mixed[followed] / below[followed]
        contexts = np.concatenate([[-1], indices[:-1]])
    return -np.log(probs)


def ngram_losses(dataset: Dataset, n: int) -> np.ndarray:
    """-ln p of each y of the test split from training n-grams: (N, T).

    The context continues across windows; the loss is 0 where y is -1.
    """
    size, y = dataset.input_size, dataset.test.y
    x, targets, _ = dataset.train
    rows = max(1, LEARNED // x.shape[1])
    dataset = replace(dataset, train=Split(x[:rows], targets[:rows], None))
    orders = learn(stream(dataset.train), size, n)
    outputs = np.zeros(y.shape)
    flat = outputs.reshape(-1)  # what is padded comes last
    for start, piece in _in_pieces(orders, stream(dataset.test), size):
        first = 1 if start == 0 else 0  # which no window has as its y
        flat[start - 1 + first : start - 1 + len(piece)] = piece[first:]
    return outputs


def _in_pieces(
    orders: list[Order], tokens: np.ndarray, size: int
) -> Iterator[tuple[int, np.ndarray]]:
    """The losses in pieces; each begins with the contexts of its first."""
    before = len(orders) - 1
    for start in range(0, len(tokens), PIECE):
        known = min(before, start)
        piece = tokens[start - known : start + PIECE]
        yield start, losses(orders, piece, size)[known:]
