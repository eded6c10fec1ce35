"""A forecaster of each step: trained on all of them, scored by the last."""

from __future__ import annotations

import numpy as np
import pytest
from factories.implementations import PACKAGES, configured

from comparisons.worker.scoring import SCORED, expected
from shared.reference.model import forward
from shared.specs import ModelSpec, Split

SPEC = ModelSpec("sequence_forecaster", cell="gru", hidden_size=4)


@pytest.mark.parametrize("package", PACKAGES)
def test_the_last_step_is_scored(package):
    implementation = configured(package, "float64")
    model = implementation.build_model(SPEC)
    weights = implementation.export_weights(model)
    x = np.random.default_rng(0).normal(size=(3, 5, 1)).astype(np.float32)
    split = Split(x, x[:, 0], None)
    found = SCORED[SPEC.model](implementation, model, split)
    assert found == pytest.approx(forward(SPEC, weights, x, None)[:, -1])
    assert found == pytest.approx(expected(SPEC, weights, split))
