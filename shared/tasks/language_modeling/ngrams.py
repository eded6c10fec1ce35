"""N-gram models of symbols, interpolated and smoothed as Witten and Bell.

Witten and Bell 1991, The Zero-Frequency Problem; interpolated as in Chen and
Goodman 1999, An Empirical Study of Smoothing Techniques, section 2.5:

    p(w | h) = (c(h w) + n(h) p(w | h')) / (c(h) + n(h))

c counts what training holds, n(h) the different symbols that follow h there,
and h' is h without its first symbol; below the unigrams stands 1 / V.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shared.task import Dataset
from shared.tasks.language_modeling.data import stream


class Order(NamedTuple):
    """The n-grams of one n, each encoded as context index * V + token.

    codes: (M,) int64, ascending; counts: (M,), occurrences of each; totals,
        types: (contexts,), c(h) and n(h) of the (n - 1)-grams.
    """

    codes: np.ndarray
    counts: np.ndarray
    totals: np.ndarray
    types: np.ndarray


def learn(symbols: np.ndarray, size: int, n: int) -> list[Order]:
    """The n-grams of 1 to n tokens in tokens (P,), of a vocabulary V."""
    orders = []
    contexts, count = np.zeros(len(symbols), np.int64), 1
    for length in range(1, n + 1):
        # The first symbols have no context of the length.
        known = slice(length - 1, None)
        codes, places, counts = np.unique(
            contexts[known] * size + symbols[known],
            return_inverse=True,
            return_counts=True,
        )
        before = codes // size
        totals = np.bincount(before, counts, minlength=count)
        types = np.bincount(before, minlength=count)
        orders.append(Order(codes, counts, totals, types))
        # The n-gram that ends at a symbol is the context of the next one.
        contexts[length:] = places[:-1]
        count = len(codes)
    return orders


def losses(orders: list[Order], symbols: np.ndarray, size: int) -> np.ndarray:
    """-ln p of each token given all previous ones, in nats: (P,)."""
    found = np.full(len(symbols), 1.0 / size)
    contexts = np.zeros(len(symbols), np.int64)  # -1: not in training
    for order in orders:
        codes = np.where(contexts < 0, -1, contexts * size + symbols)
        places = _places(order.codes, codes)
        # Place -1 takes the last one's count, which nothing makes use of.
        counts = np.where(places < 0, 0, order.counts[places])
        types = np.where(contexts < 0, 0, order.types[contexts])
        below = np.where(contexts < 0, 0, order.totals[contexts]) + types
        followed = below > 0
        mixed = counts + types * found
        found[followed] = mixed[followed] / below[followed]
        contexts = np.concatenate([[-1], places[:-1]])
    nats: np.ndarray = -np.log(found)
    return nats


def ngram_losses(dataset: Dataset, n: int) -> np.ndarray:
    """-ln p of each y of the test split from training n-grams: (N, T).

    The context continues across windows; the loss is 0 where y is -1.
    """
    size, y = dataset.input_size, dataset.test.y
    orders = learn(stream(dataset.train), size, n)
    outputs = np.zeros(y.shape)
    outputs[y >= 0] = losses(orders, stream(dataset.test), size)[1:]
    return outputs


def _places(codes: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Index of each wanted code among ascending ones; -1 if absent."""
    places = np.searchsorted(codes, wanted)
    places[places == len(codes)] = 0
    found: np.ndarray = np.where(codes[places] == wanted, places, -1)
    return found
