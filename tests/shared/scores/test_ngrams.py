"""N-grams against sums by hand and against an obvious implementation."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest

from shared.datasets import corpora
from shared.task import Dataset
from shared.tasks.language_modeling import ngrams
from shared.tasks.language_modeling.data import (
    character_dataset,
    windows,
)
from shared.tasks.language_modeling.ngrams import learn, losses, ngram_losses
from shared.tasks.language_modeling.scores import score

ABAC = np.array([0, 1, 0, 2])
"""The text `abac`, of a vocabulary of four."""

BY_HAND = {
    # Four tokens of three kinds: (c + 3 / 4) / (4 + 3).
    "a": 11 / 28,
    "b": 1 / 4,
    "c": 1 / 4,
    "d": 3 / 28,
    # Two tokens of two kinds follow a: (c + 2 p(w)) / (2 + 2).
    "aa": 11 / 56,
    "ab": 3 / 8,
    "ad": 3 / 56,
    # One follows b: (c + p(w)) / (1 + 1).
    "ba": 39 / 56,
    "bb": 1 / 8,
    # Nothing follows c, and d does not occur: p(w).
    "ca": 11 / 28,
    "dd": 3 / 28,
}


@pytest.mark.parametrize("text", BY_HAND)
def test_probabilities_by_hand(text):
    tokens = np.array(["abcd".index(letter) for letter in text])
    orders = learn(ABAC, 4, len(text))
    found = np.exp(-losses(orders, tokens, 4)[-1])
    assert found == pytest.approx(BY_HAND[text], rel=1e-12)


def slow(train, size, context, token):
    """p(token | context) by recursion over counts of whole n-grams."""
    if context is None:
        return 1.0 / size
    followers = defaultdict(Counter)
    length = len(context)
    for end in range(length, len(train)):
        followers[tuple(train[end - length : end])][train[end]] += 1
    shorter = context[1:] if context else None
    below = slow(train, size, shorter, token)
    counts = followers[tuple(context)]
    total = sum(counts.values())
    if not total:
        return below
    return (counts[token] + len(counts) * below) / (total + len(counts))


@pytest.mark.parametrize(("n", "size"), [(1, 3), (2, 5), (4, 3), (6, 2)])
def test_losses_are_those_of_a_naive_implementation(n, size):
    rng = np.random.default_rng(n)
    train = rng.integers(0, size, 80).tolist()
    # One token more, which training lacks.
    test = rng.integers(0, size + 1, 40).tolist()
    found = losses(
        learn(np.array(train), size + 1, n), np.array(test), size + 1
    )
    for end in range(len(test)):
        context = test[max(0, end - n + 1) : end]
        expected = slow(train, size + 1, context, test[end])
        assert np.exp(-found[end]) == pytest.approx(expected, rel=1e-10), end


@pytest.mark.parametrize("n", [1, 2, 3, 5, 12])
def test_probabilities_sum_to_one_in_every_context_and_none_is_zero(n):
    rng = np.random.default_rng(n)
    orders = learn(rng.integers(0, 6, 300), 7, n)
    for _ in range(30):
        context = rng.integers(0, 7, rng.integers(0, n + 2))
        shares = [
            np.exp(-losses(orders, np.append(context, token), 7)[-1])
            for token in range(7)
        ]
        assert sum(shares) == pytest.approx(1.0, abs=1e-12)
        assert min(shares) > 0


def test_a_long_context_of_many_tokens_does_not_overflow():
    """V ** n is beyond 64 bits; a context that occurs once decides."""
    text = np.random.default_rng(0).permutation(30_000)[:500]
    found = losses(learn(text, 30_000, 9), text, 30_000)
    # Each order gives half of what is left to the one token that follows.
    first = (1 + 500 / 30_000) / (500 + 500)
    assert found[0] == pytest.approx(-np.log(first), rel=1e-12)
    last = 1 - (1 - first) * 0.5**8
    assert found[8:] == pytest.approx(-np.log(last), rel=1e-9)


def dataset_of(train, test, steps, size):
    split = windows(test, steps, padded=True)
    learned = windows(train, steps, padded=False)
    return Dataset(learned, split, split, size, size)


def test_the_context_continues_across_windows():
    rng = np.random.default_rng(5)
    train, test = rng.integers(0, 3, 121), rng.integers(0, 3, 38)
    expected = losses(learn(train, 3, 3), test, 3)[1:]
    for steps in (1, 6, 40):
        dataset = dataset_of(train, test, steps, 3)
        if steps == 40:
            assert dataset.test.y.shape == (1, 40)
        outputs = ngram_losses(dataset, 3)
        assert outputs.shape == dataset.test.y.shape
        found = outputs[dataset.test.y >= 0]
        assert found == pytest.approx(expected, rel=1e-12)


def test_n_grams_of_shakespeare(data_dir):
    """A net of ten minutes' training has to be well below the 5-gram."""
    corpus = corpora.read_shakespeare(0, "90/10")
    dataset = character_dataset(corpus, 100)
    found = {
        n: score(ngram_losses(dataset, n), "test", dataset) for n in (1, 5)
    }
    # The entropy of the letters of the text itself, as numpy counts them.
    counts = np.unique(list(corpus.parts["test"]), return_counts=True)[1]
    shares = counts / counts.sum()
    entropy = -float((shares * np.log(shares)).sum())
    assert entropy < found[1]["nats"] < entropy + 0.02
    assert found[1]["nats"] == pytest.approx(3.347, abs=0.002)
    assert found[5]["nats"] == pytest.approx(1.669, abs=0.002)


def test_ngrams_counted_in_pieces_are_those_counted_at_once(monkeypatch):
    tokens = np.random.default_rng(1).integers(0, 5, 701).astype(np.int8)
    whole = learn(tokens.astype(np.int64), 5, 4)
    expected = losses(whole, tokens, 5)
    monkeypatch.setattr(ngrams, "PIECE", 64)
    for order, known in zip(learn(tokens, 5, 4), whole, strict=True):
        for one, other in zip(order, known, strict=True):
            assert np.array_equal(one, other)
    splits = [windows(tokens, 7, padded=padded) for padded in (False, True)]
    dataset = Dataset(splits[0], splits[1], splits[1], 5, 5)
    found = ngram_losses(dataset, 4)
    assert found[dataset.test.y >= 0] == pytest.approx(expected[1:])
    assert not found[dataset.test.y < 0].any()
