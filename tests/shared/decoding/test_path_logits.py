"""Logits of the best tags."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from shared.decoding.tags import path_logits
from shared.text.schemes import allowed_transitions

CLASSES = ["B-a", "B-b", "I-a", "I-b", "O"]
ALLOWED = allowed_transitions(CLASSES, "IOB2")
K, STEPS = len(CLASSES), 4
RNG = np.random.default_rng(3)
EMISSIONS = RNG.normal(0, 2, (2, STEPS, K))
WEIGHTS = {
    "crf.transitions": RNG.normal(size=(K, K)),
    "crf.start": RNG.normal(size=K),
    "crf.end": RNG.normal(size=K),
}
LENGTHS = (4, 2)


def score(row, tags):
    """Of a path that is allowed; else none."""
    tags = np.array(tags)
    if not (ALLOWED[-1, tags[0]] and ALLOWED[tags[:-1], tags[1:]].all()):
        return -np.inf
    total = EMISSIONS[row, np.arange(len(tags)), tags].sum()
    total += WEIGHTS["crf.transitions"][tags[:-1], tags[1:]].sum()
    return total + WEIGHTS["crf.start"][tags[0]] + WEIGHTS["crf.end"][tags[-1]]


def best():
    tags = np.full((2, STEPS), -1)
    for row, length in enumerate(LENGTHS):
        paths = product(range(K), repeat=length)
        tags[row, :length] = max(paths, key=lambda path: score(row, path))
    return tags


def test_the_largest_is_that_of_the_best_tag():
    tags = best()
    found = path_logits(EMISSIONS, tags, WEIGHTS, ALLOWED)
    inside = tags >= 0
    assert (found.argmax(axis=2) == tags)[inside].all()
    assert (found[~inside] == EMISSIONS[~inside]).all()


def test_probabilities_are_those_given_all_other_tags():
    tags = best()
    found = path_logits(EMISSIONS, tags, WEIGHTS, ALLOWED)
    for row, length in enumerate(LENGTHS):
        for step in range(length):
            scores = []
            for tag in range(K):
                path = tags[row, :length].copy()
                path[step] = tag
                scores.append(score(row, path))
            expected = np.exp(scores) / np.exp(scores).sum()
            probs = np.exp(found[row, step] - found[row, step].max())
            assert probs / probs.sum() == pytest.approx(expected, abs=1e-12)


def test_a_tie_goes_to_the_best_tag():
    zeros = {name: np.zeros(w.shape) for name, w in WEIGHTS.items()}
    tags = np.array([[4, 1, 3, -1]])
    for kind in ("float32", "float64"):
        flat = np.zeros((1, STEPS, K), kind)
        found = path_logits(flat, tags, zeros, ALLOWED)
        assert found.dtype == kind
        assert found.argmax(axis=2)[0, :3].tolist() == [4, 1, 3]
