"""Baselines of memory tasks and n-gram models."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from factories.pairs import made_dataset

from shared.specs import Split
from shared.task import Dataset, Splits
from shared.tasks.language_modeling import ngrams
from shared.tasks.memory import copy, echo
from shared.tasks.translation import chatbot

RNG = np.random.default_rng(3)


def test_without_memory_copies_and_echoes_are_guessed():
    sizes = {f"{part}_sequences": 9 for part in Splits._fields}
    dataset = copy.load(replace(copy.TASK.data, steps=10, **sizes), 0)
    found = copy.baselines(dataset)["no memory"]
    # The blanks are certain; each of 8 symbols has the probability 1/8.
    certain = np.zeros((*dataset.test.y.shape, 9))
    certain[:, :, 0] = 99.0
    certain[:, -copy.COPIED :] = np.where(np.arange(9) > 0, 0.0, -99.0)
    scored = copy.score(certain, "test", dataset)
    assert found["loss"] == pytest.approx(scored["loss"])
    assert found["recall"] == 1 / 8
    assert found["exact"] == pytest.approx(8.0**-10)
    data = replace(echo.TASK.data, symbols=5, **sizes)
    dataset = echo.load(data, 0)
    even = np.zeros((*dataset.test.y.shape, 5))
    loss = echo.TASK.score(even, "test", dataset)["loss"]
    chance = echo.baselines(dataset)["chance"]
    assert chance == {"accuracy": 0.2, "loss": pytest.approx(loss)}


def test_an_n_gram_model_has_not_read_the_test_split():
    tokens = RNG.integers(0, 3, 60)

    def dataset(last):
        test = np.append(tokens[:20], last)
        split = Split(tokens[None, :-1], tokens[None, 1:], None)
        own = Split(test[None, :-1], test[None, 1:], None)
        return Dataset(split, split, own, 4, 4, metadata={"unit": "word"})

    one, other = (ngrams.ngram_losses(dataset(n), 3)[0] for n in (0, 3))
    np.testing.assert_array_equal(one[:-1], other[:-1])
    # Never seen: a third share of what is left for unseen tokens.
    assert other[-1] > one[-1] > 0
    names = list(ngrams.baselines(dataset(0)))
    assert names == ["unigram", "3-gram, Witten-Bell"]
    characters = replace(dataset(0), metadata={"unit": "character"})
    assert "5-gram, Witten-Bell" in ngrams.baselines(characters)


def test_the_probabilities_of_an_n_gram_model_sum_to_1():
    tokens = RNG.integers(0, 3, 40)
    orders = ngrams.learn(tokens, 4, 3)
    for context in ([0, 1], [2, 2], [3, 0]):
        total = sum(
            math.exp(-ngrams.losses(orders, np.array([*context, n]), 4)[-1])
            for n in range(4)
        )
        assert total == pytest.approx(1.0, rel=1e-12)


def test_a_reply_of_the_training_unigrams():
    dataset = made_dataset()
    found = chatbot.baselines(dataset)["unigram"]
    train, test = (
        split.y[split.y >= 0].tolist()
        for split in (dataset.train, dataset.test)
    )
    counts = Counter(train)
    total = len(train) + dataset.output_size
    nats = -np.mean([math.log((counts[n] + 1) / total) for n in test])
    assert found["perplexity"] == pytest.approx(math.exp(nats))
