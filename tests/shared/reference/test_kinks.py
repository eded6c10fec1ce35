"""No checked trajectory of ReLU units depends on float32 rounding."""

import numpy as np
import pytest

from comparisons.equivalence.autoregressive import training_of
from comparisons.equivalence.case import MARGIN, SEEDS
from comparisons.equivalence.cases import cases
from comparisons.equivalence.limits import ADAM
from shared.reference import cells as reference_cells
from shared.reference import training as reference_training
from shared.reference.steps import of_product
from shared.specs import AUTOREGRESSIVE

RECTIFIED = [case for case in cases() if case.cell == "rnn-relu"]


def nearest(monkeypatch, case, split, training):
    """How near any unit comes to its kink in a training."""
    right, found = reference_cells.relu, []

    def relu(a, u, state):
        found.append(np.abs(a + u).min())
        return right(a, u, state)

    step = of_product(relu)
    monkeypatch.setitem(reference_cells.STEPS, "rnn-relu", step)
    weights = case.weights()
    reference_training.train(case.spec(), weights, split, training)
    return min(found)


@pytest.mark.parametrize("case", RECTIFIED, ids=str)
def test_no_activation_is_near_its_kink(monkeypatch, case):
    trainings = [(case.split(), ADAM)]
    if case.model in AUTOREGRESSIVE:
        trainings.append(training_of(case, ADAM))
    for split, training in trainings:
        assert nearest(monkeypatch, case, split, training) > MARGIN


def test_another_seed_has_an_activation_near_a_kink(monkeypatch):
    monkeypatch.setitem(SEEDS, "rnn-relu", 0)
    spelt = [case for case in RECTIFIED if case.char_encoder]
    found = [nearest(monkeypatch, c, c.split(), ADAM) for c in spelt]
    assert min(found) < MARGIN
