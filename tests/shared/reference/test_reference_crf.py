"""The CRF of the reference, against the sum over all tag sequences."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from shared.reference.crf import crf_nll, viterbi
from shared.reference.losses import masked_cross_entropy
from shared.specs import ModelSpec

K, LENGTHS = 3, np.array([4, 1, 3, 2])
RNG = np.random.default_rng(0)
OUTPUTS = RNG.normal(size=(4, 5, K))
WEIGHTS = [RNG.normal(size=shape) for shape in ((K, K), (K,), (K,))]
INSIDE = np.arange(5) < LENGTHS[:, None]
TARGETS = np.where(INSIDE, RNG.integers(0, K, (4, 5)), -1)
SPEC = ModelSpec("tagger", output_size=K, crf=True)
NAMED = dict(zip(("crf.transitions", "crf.start", "crf.end"), WEIGHTS))
IOB2 = np.array([[1, 1, 0], [1, 1, 1], [1, 1, 1], [1, 1, 0]], bool)
"""O, B and I: the last only after B or I."""


def score(emissions, tags):
    """The score of tags as Lample et al. write it."""
    transitions, start, end = WEIGHTS
    total = start[tags[0]] + end[tags[-1]]
    total += sum(e[tag] for e, tag in zip(emissions, tags))
    return total + sum(transitions[a, b] for a, b in pairwise(tags))


def every(row):
    """All sequences of tags of a row, and their scores."""
    emissions = OUTPUTS[row, : LENGTHS[row]]
    paths = [*product(range(K), repeat=len(emissions))]
    return paths, np.array([score(emissions, path) for path in paths])


def test_the_loss_is_that_over_all_sequences_of_tags_per_word():
    total = 0.0
    for row, length in enumerate(LENGTHS):
        _, scores = every(row)
        own = score(OUTPUTS[row, :length], TARGETS[row, :length])
        total += np.log(np.exp(scores).sum()) - own
    loss, *_ = crf_nll(OUTPUTS, TARGETS, *WEIGHTS)
    assert loss == pytest.approx(total / LENGTHS.sum(), rel=1e-13)


def test_without_transitions_it_is_the_masked_cross_entropy():
    zeros = [np.zeros(w.shape) for w in WEIGHTS]
    loss, gradient, *_ = crf_nll(OUTPUTS, TARGETS, *zeros)
    expected, other = masked_cross_entropy(OUTPUTS, TARGETS)
    assert loss == pytest.approx(expected, rel=1e-13)
    assert np.allclose(gradient, other, rtol=0, atol=1e-15)


@pytest.mark.parametrize("place", range(4))
def test_gradients_are_those_of_central_differences(place):
    _, *gradients = crf_nll(OUTPUTS, TARGETS, *WEIGHTS)
    arrays, step = [OUTPUTS, *WEIGHTS], 1e-5
    found = np.zeros(arrays[place].shape)
    for index in np.ndindex(found.shape):
        losses = []
        for sign in (1, -1):
            moved = [a.copy() for a in arrays]
            moved[place][index] += sign * step
            losses.append(crf_nll(moved[0], TARGETS, *moved[1:])[0])
        found[index] = (losses[0] - losses[1]) / (2 * step)
    # Second-order differences: an error of the square of the step.
    assert np.abs(found - gradients[place]).max() < 1e-9


def test_large_scores_do_not_overflow():
    far = [1000.0 * w for w in WEIGHTS]
    loss, *gradients = crf_nll(1000.0 * OUTPUTS, TARGETS, *far)
    assert np.isfinite(loss)
    assert all(np.isfinite(g).all() for g in gradients)


@pytest.mark.parametrize("allowed", [np.ones((K + 1, K), bool), IOB2])
def test_viterbi_is_the_best_of_all_allowed_sequences(allowed):
    found = viterbi(SPEC, NAMED, OUTPUTS, LENGTHS, allowed)
    for row, length in enumerate(LENGTHS):
        paths, scores = every(row)
        valid = [
            allowed[-1, path[0]] and allowed[path[:-1], path[1:]].all()
            for path in map(np.array, paths)
        ]
        best = paths[int(np.where(valid, scores, -np.inf).argmax())]
        assert tuple(found[row, :length]) == best
    assert (found[~INSIDE] == -1).all()
