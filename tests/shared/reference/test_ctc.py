"""The CTC loss of the reference: against all paths, one by one."""

from itertools import groupby, product

import numpy as np
import pytest

from shared.reference.ctc import ctc, sequence_loss
from shared.reference.softmax import log_softmax
from shared.specs.ctc import frames_needed, label_targets

CLASSES = 3
RNG = np.random.default_rng(0)


def collapsed(path):
    return [k for k, _ in groupby(path) if k != 0]


def over_paths(logits, labels):
    """-log p(labels): every path of T frames, collapsed."""
    log_probs = log_softmax(logits)
    total = -np.inf
    for path in product(range(CLASSES), repeat=len(logits)):
        if collapsed(path) == list(labels):
            of_path = log_probs[range(len(path)), path].sum()
            total = np.logaddexp(total, of_path)
    return -total


LABELS = {
    "none": [],
    "one": [2],
    "two": [1, 2],
    "a repeated one": [1, 1],
    "one that returns": [1, 2, 1],
    "as many as frames": [1, 2, 1, 2],
}


@pytest.mark.parametrize("labels", LABELS.values(), ids=LABELS)
def test_the_sums_are_those_over_all_paths(labels):
    logits = RNG.normal(size=(4, CLASSES))
    loss, gradient = sequence_loss(logits, np.array(labels, int))
    assert loss == pytest.approx(over_paths(logits, labels), rel=1e-12)
    size = 1e-6
    for place in np.ndindex(logits.shape):
        change = np.zeros(logits.shape)
        change[place] = size
        ahead, behind = (
            over_paths(logits + d * change, labels) for d in (1, -1)
        )
        slope = (ahead - behind) / (2 * size)
        assert gradient[place] == pytest.approx(slope, abs=1e-8)


@pytest.mark.parametrize("labels", [[2, 2, 2], [1, 2, 1, 2, 1], [1, 1, 2, 1]])
def test_labels_that_no_path_has_are_infinitely_unlikely(labels):
    logits = RNG.normal(size=(4, CLASSES))
    assert frames_needed(np.array(labels)) > len(logits)
    loss, _ = sequence_loss(logits, np.array(labels))
    assert loss == over_paths(logits, labels) == np.inf


def test_the_probabilities_of_all_labelings_sum_to_1():
    logits = RNG.normal(size=(3, CLASSES))
    labelings = [
        labels
        for count in range(4)
        for labels in product(range(1, CLASSES), repeat=count)
    ]
    losses = [sequence_loss(logits, np.array(n, int))[0] for n in labelings]
    assert np.exp(-np.array(losses)).sum() == pytest.approx(1.0)


def test_padding_of_frames_and_labels_counts_nothing():
    frames, labels = np.array([5, 2, 4]), ([1, 1], [], [2])
    targets = label_targets([np.array(n, int) for n in labels], frames)
    assert targets.tolist() == [[5, 1, 1], [2, -1, -1], [4, 2, -1]]
    logits = RNG.normal(size=(3, 7, CLASSES))
    loss, gradient = ctc(logits, targets)
    alone = [
        sequence_loss(logits[n, :end], np.array(labels[n], int))
        for n, end in enumerate(frames)
    ]
    assert loss == pytest.approx(np.mean([one for one, _ in alone]))
    for n, (end, (_, own)) in enumerate(zip(frames, alone)):
        assert gradient[n, :end] == pytest.approx(own / 3)
        assert not gradient[n, end:].any()


@pytest.mark.parametrize(
    "labels, needed",
    [([], 0), ([1], 1), ([1, 2], 2), ([1, 1], 3), ([2] * 4, 7)],
)
def test_two_equal_labels_need_a_blank_between_them(labels, needed):
    assert frames_needed(np.array(labels, int)) == needed
