"""A model that fails its checks is recognized by its outputs."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from comparisons.vectors.diagnosis.explain import plants_of
from comparisons.vectors.diagnosis.models import (
    head,
    layer_case,
    likely_mistake,
)
from comparisons.vectors.diagnosis.plant import planted_outputs
from shared.reference.model import forward

CELLS = {"gru": "gru-reset-after", "lstm": "lstm"}
UNSEEN = {
    "the initial state ignored",
    "h and c of the initial state exchanged",
    "initial states of the directions exchanged",
    "outputs of the reverse direction in the order of reading",
    "outputs of the directions exchanged",
}
"""Errors that change nothing which a forecaster computes from zero states."""


def right(case):
    x, _, lengths = case.split()
    return forward(case.spec(), case.weights(), x, lengths)


def planted(plant, case):
    return head(case, planted_outputs(plant, layer_case(case)))


@pytest.mark.parametrize("cell", CELLS)
def test_every_error_that_shows_is_named_or_has_the_outputs_of_one(cell):
    plants = {plant.text: plant for plant in plants_of(CELLS[cell])}
    for text, plant in plants.items():
        found = likely_mistake(
            cell, "native", "float64", partial(planted, plant)
        )
        if text in UNSEEN:
            assert found == ""
            continue
        other = plants[found.removeprefix("outputs match ")]
        outputs = []

        def collect(case, plant=plant, other=other, outputs=outputs):
            outputs[:] = planted(plant, case), planted(other, case)
            return outputs[0]

        likely_mistake(cell, "native", "float64", collect)
        np.testing.assert_allclose(*outputs, atol=1e-12, err_msg=text)


def test_the_right_outputs_and_unknown_ones_have_no_name():
    assert likely_mistake("lstm", "native", "float64", right) == ""
    noise = np.random.default_rng(0).normal
    unknown = likely_mistake(
        "gru", "native", "float32", lambda case: noise(size=right(case).shape)
    )
    assert unknown == ""
    # A cell of which there are no vectors.
    found = likely_mistake("mgu", "scratch", "float64", lambda c: 2 * right(c))
    assert found == ""
