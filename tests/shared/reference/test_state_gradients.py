"""How a loss depends on each state, the same in every framework."""

import importlib
from dataclasses import replace

import numpy as np
import pytest

from comparisons.equivalence.case import Case
from comparisons.equivalence.deviation import deviation
from comparisons.equivalence.limits import LIMITS
from comparisons.equivalence.measure import loaded
from comparisons.studies.gradients.surface import direction, surface
from shared.reference import model as reference_model
from shared.reference import state_gradients as reference_gradients
from shared.reference.losses import loss_of
from shared.specs import CELLS, Split

PACKAGES = ("pytorch_impl", "keras_impl", "jax_impl")
KINDS = {
    "forecaster, 2 deep": ("forecaster", "values", 2, False),
    "classifier, one-hot": ("classifier", "onehot", 1, False),
    "tagger, one-hot": ("tagger", "onehot", 1, True),
    "tagger, CRF": ("tagger", "onehot", 1, True),
    "frames, 2 deep": ("frame_model", "values", 2, True),
}
SMOOTH_CELLS = ("rnn", "gru", "lstm")
COMPARED = [
    (cell, kind)
    for row, cell in enumerate(CELLS)
    for column, kind in enumerate(KINDS)
    if cell == "gru" or column == row % len(KINDS)
]
"""One cell with every kind of model, every other cell with one of them."""


def case_of(cell, kind="forecaster, 2 deep", depth=None):
    model, read, own, padded = KINDS[kind]
    outputs = {"frame_model": {"outputs": 3}}.get(model, {})
    outputs |= {"crf": True} if "CRF" in kind else {}
    case = Case(
        model, cell, read, "scratch", depth or own, False, padded, **outputs
    )
    x, y, _ = case.split()
    return case, Split(x, y, None)


def loss_after(spec, weights, split, step, state):
    """The loss of a sequence that goes on after a step from a state."""
    remaining = split.x[:, step + 1 :]
    done = reference_model.forward_pass(spec, weights, remaining, None, state)
    return loss_of(spec)(done.outputs, split.y)[0]


@pytest.mark.parametrize("cell", SMOOTH_CELLS)
def test_the_reference_agrees_with_finite_differences(cell):
    case, split = case_of(cell, depth=1)
    spec = case.spec()
    weights = reference_model.in_float64(case.weights())
    slopes = reference_gradients.state_gradients(spec, weights, split)["rnn.0."]
    done = reference_model.forward_pass(spec, weights, split.x, None)
    states, size = done.stack.tapes["rnn.0."].states, 1e-5
    for step in (0, 2):
        h, *others = states[step + 1]
        for unit in range(2):
            change = np.zeros(h.shape)
            change[0, unit] = size
            up, down = (
                loss_after(
                    spec,
                    weights,
                    split,
                    step,
                    {"rnn.0.": (h + sign * change, *others)},
                )
                for sign in (1, -1)
            )
            slope = (up - down) / (2 * size)
            assert slopes[0, step, unit] == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_state_gradients_sum_to_the_gradient_of_a_bias(kind):
    """∂loss/∂b = Σ ∂loss/∂h · (1 - h²), in every layer of a tanh net."""
    case, split = case_of("rnn", kind)
    spec = case.spec()
    weights = reference_model.in_float64(case.weights())
    slopes = reference_gradients.state_gradients(spec, weights, split)
    _, gradients = reference_model.loss_and_gradients(spec, weights, split)
    done = reference_model.forward_pass(spec, weights, split.x, None)
    for prefix, values in slopes.items():
        states = done.stack.tapes[prefix].states[1:]
        h = np.stack([state[0] for state in states], 1)
        np.testing.assert_allclose(
            (values * (1 - h**2)).sum(axis=(0, 1)),
            gradients[f"{prefix}b_ih"],
            rtol=1e-10,
        )


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize(
    ("cell", "kind", "layer_norm"),
    [
        *((cell, kind, False) for cell, kind in COMPARED),
        ("lstm", "tagger, one-hot", True),
    ],
)
def test_frameworks_agree_with_the_reference(package, cell, kind, layer_norm):
    case, split = case_of(cell, kind)
    case = replace(case, layer_norm=layer_norm)
    implementation = importlib.import_module(package)
    implementation.configure("cpu", 1, "float64", 0)
    model, weights = loaded(implementation, case, "float64")
    found = implementation.state_gradients(model, split)
    wanted = reference_gradients.state_gradients(case.spec(), weights, split)
    assert list(found) == list(wanted)
    limit = LIMITS["float64"]["gradient"]
    for name, values in wanted.items():
        assert np.abs(values).max() > 1e-6
        assert deviation(found[name], values) <= limit, name


def test_a_norm_is_over_examples_and_units():
    gradients = np.zeros((2, 3, 2))
    gradients[0, 1], gradients[1, 1] = (2.0, 4.0), (5.0, 2.0)
    assert reference_gradients.norms(gradients).tolist() == [0.0, 7.0, 0.0]


def test_a_direction_moves_each_filter_by_its_own_norm():
    case, _ = case_of("gru")
    weights = case.weights()
    found = direction(weights, np.random.default_rng(0))
    for name, w in weights.items():
        if w.ndim == 1:
            assert not found[name].any()
        else:
            norms = [np.linalg.norm(v, axis=0) for v in (found[name], w)]
            np.testing.assert_allclose(*norms, rtol=1e-6)


def test_the_center_of_the_surface_is_the_loss_of_the_weights():
    case, split = case_of("lstm", depth=1)
    spec, weights = case.spec(), case.weights()
    places, losses = surface(spec, weights, split, seed=3)
    outputs = reference_model.forward(spec, weights, split.x, None)
    middle = len(places) // 2
    assert places[middle] == 0
    assert losses[middle, middle] == loss_of(spec)(outputs, split.y)[0]
    assert len(np.unique(losses)) == losses.size
