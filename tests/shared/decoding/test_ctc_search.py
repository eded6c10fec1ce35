"""Greedy decoding and prefix search of CTC, against all labelings."""

from itertools import product

import numpy as np
import pytest

from shared.decoding.ctc import decode, greedy, prefix_search
from shared.reference.ctc import sequence_loss


def path_of(*classes):
    """Logits (T, K) whose most probable path is this."""
    return np.eye(4)[list(classes)] * 5.0


PATHS = {
    (0,): [],
    (2,): [2],
    (0, 0): [],
    (1, 1, 1): [1],
    (1, 0, 1): [1, 1],
    (0, 2, 2, 0, 0, 3): [2, 3],
    (1, 2, 1): [1, 2, 1],
    (3, 3, 0, 3, 0): [3, 3],
}


@pytest.mark.parametrize("path", PATHS)
def test_repetitions_merge_before_blanks_are_dropped(path):
    logits = path_of(*path)
    assert greedy(logits) == PATHS[path]
    assert prefix_search(logits, 3) == PATHS[path]


def most_probable(logits):
    """Of all labelings, the one with the smallest loss."""
    classes, steps = range(1, logits.shape[1]), len(logits)
    labelings = [
        labels
        for count in range(steps + 1)
        for labels in product(classes, repeat=count)
    ]
    losses = [sequence_loss(logits, np.array(n, int))[0] for n in labelings]
    return list(labelings[int(np.argmin(losses))])


def test_prefix_search_finds_the_most_probable_labeling():
    rng = np.random.default_rng(0)
    drawn = [2 * rng.normal(size=(5, 3)) for _ in range(20)]
    exact = [most_probable(logits) for logits in drawn]
    assert [prefix_search(logits, 1000) for logits in drawn] == exact
    # Sums over paths matter: the most probable path is often of another.
    assert sum(greedy(z) != best for z, best in zip(drawn, exact)) > 3


def test_many_frames_do_not_underflow():
    logits = np.random.default_rng(1).normal(size=(500, 40))
    found = prefix_search(logits, 4)
    losses = [
        sequence_loss(logits, np.array(labels))[0]
        for labels in (found, greedy(logits))
    ]
    assert losses[0] < losses[1]
    assert np.exp(-losses[0]) == 0.0


def test_frames_past_the_end_are_not_read():
    logits = np.stack([path_of(1, 0, 2), path_of(3, 0, 1)])
    for beam in (1, 4):
        assert decode(logits, np.array([3, 1]), beam) == [[1, 2], [3]]
