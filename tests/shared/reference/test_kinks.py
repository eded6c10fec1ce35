"""No gated trajectory of rectified units hangs on how float32 rounds."""

import numpy as np
import pytest

from comparisons.equivalence.case import MARGIN, SEEDS
from comparisons.equivalence.cases import cases
from comparisons.equivalence.language_model import carried
from comparisons.equivalence.limits import ADAM
from comparisons.equivalence.seq2seq import with_sampling
from shared.reference import cells as reference_cells
from shared.reference import training as reference_training

RECTIFIED = [case for case in cases() if case.cell == "rnn-relu"]


def nearest(monkeypatch, case, split, training):
    """How near any unit comes to its kink in a training."""
    right, found = reference_cells.relu, []

    def relu(a, u, state):
        found.append(np.abs(a + u).min())
        return right(a, u, state)

    monkeypatch.setitem(reference_cells.STEPS, "rnn-relu", relu)
    weights = case.weights_as("float32")
    reference_training.train(case.spec(), weights, split, training)
    return min(found)


@pytest.mark.parametrize("case", RECTIFIED, ids=str)
def test_no_unit_comes_near_its_kink(monkeypatch, case):
    trainings = [(case.split(), ADAM)]
    if case.model == "language_model":
        trainings.append(carried(case, ADAM))
    if case.model == "seq2seq":
        trainings.append((case.split(), with_sampling(ADAM)))
    for split, training in trainings:
        assert nearest(monkeypatch, case, split, training) > MARGIN


def test_another_seed_would_bring_one_near(monkeypatch):
    monkeypatch.setitem(SEEDS, "rnn-relu", 0)
    spelt = [case for case in RECTIFIED if case.char_encoder]
    found = [nearest(monkeypatch, c, c.split(), ADAM) for c in spelt]
    assert min(found) < MARGIN
