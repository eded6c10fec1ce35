"""Every gate and state of every step, the same in every framework."""

import importlib
from dataclasses import replace

import numpy as np
import pytest

from comparisons.equivalence.case import BATCH, Case
from comparisons.equivalence.deviation import deviation
from comparisons.equivalence.limits import LIMITS
from comparisons.equivalence.measure import loaded
from shared.reference import model as reference_model
from shared.reference import unroll as reference_unroll
from shared.specs import CELLS, NORM_SPANS, step_names
from shared.weights.layout import layer_prefixes

PACKAGES = ("pytorch_impl", "keras_impl", "jax_impl")
SHAPES = {
    "values, one way, full": ("forecaster", "values", 1, False, False),
    "embedded, two ways, padded": ("classifier", "embedding", 2, True, True),
    "one-hot, one way, padded": ("classifier", "onehot", 2, False, True),
}


def case_of(cell, shape):
    model, kind, depth, both, padded = SHAPES[shape]
    return Case(model, cell, kind, "scratch", depth, both, padded)


def measured(package, case, precision):
    """Quantity -> deviation of a package's from the reference's."""
    implementation = importlib.import_module(package)
    implementation.configure("cpu", 1, precision, 0)
    model, weights = loaded(implementation, case, precision)
    x, _, lengths = case.split()
    found = implementation.unroll(model, x, lengths)
    wanted = reference_unroll.unroll(case.spec(), weights, x, lengths)
    assert list(found) == list(wanted)
    assert all(str(found[name].dtype) == precision for name in found)
    return {name: deviation(found[name], wanted[name]) for name in wanted}


PRECISIONS = dict(zip(SHAPES, ("float32", "float64", "float64")))


UNROLLED = [
    *((cell, "embedded, two ways, padded") for cell in CELLS),
    ("lstm", "values, one way, full"),
    ("gru", "one-hot, one way, padded"),
]
"""Every cell in the fullest shape, and every shape."""


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize(("cell", "shape"), UNROLLED)
def test_every_step_is_that_of_the_reference(package, shape, cell):
    precision = PRECISIONS[shape]
    deviations = measured(package, case_of(cell, shape), precision)
    limit = LIMITS[precision]["forward"]
    assert {n: a for n, a in deviations.items() if not a <= limit} == {}


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("cell", NORM_SPANS)
def test_every_step_of_a_normalized_cell_is_that_of_the_reference(
    package, cell
):
    case = case_of(cell, "one-hot, one way, padded")
    case = replace(case, layer_norm=True, num_layers=1)
    deviations = measured(package, case, "float64")
    limit = LIMITS["float64"]["forward"]
    assert {n: a for n, a in deviations.items() if not a <= limit} == {}


@pytest.mark.parametrize("cell", CELLS)
def test_the_reference_has_every_gate_and_state_of_every_layer(cell):
    case = case_of(cell, "embedded, two ways, padded")
    spec, (x, _, lengths) = case.spec(), case.split()
    found = reference_unroll.unroll(spec, case.weights(), x, lengths)
    steps = [
        prefix + name
        for prefix, _ in layer_prefixes(spec)
        for name in step_names(cell)
    ]
    assert list(found) == ["input", *steps, "outputs"]
    for name in steps:
        assert found[name].shape == (BATCH, x.shape[1], spec.hidden_size)
    outputs = reference_model.forward(spec, case.weights(), x, lengths)
    np.testing.assert_array_equal(found["outputs"], outputs)


def test_states_follow_from_gates_by_the_equations():
    """h' = o tanh(c'), c' = f c + i g; h' = (1 - z) n + z h."""
    for cell in ("lstm", "gru"):
        case = case_of(cell, "values, one way, full")
        x, _, lengths = case.split()
        found = reference_unroll.unroll(case.spec(), case.weights(), x, lengths)
        gates = [found[f"rnn.0.{name}"] for name in step_names(cell)]
        before = [np.pad(g, ((0, 0), (1, 0), (0, 0)))[:, :-1] for g in gates]
        if cell == "lstm":
            i, f, g, o, h, c = gates
            np.testing.assert_allclose(c, f * before[5] + i * g, atol=1e-14)
            np.testing.assert_allclose(h, o * np.tanh(c), atol=1e-14)
        else:
            _, z, n, h = gates
            new = (1 - z) * n + z * before[3]
            np.testing.assert_allclose(h, new, atol=1e-14)


@pytest.mark.parametrize("cell", CELLS)
def test_past_the_end_gates_are_zero_and_the_state_is_constant(cell):
    case = case_of(cell, "embedded, two ways, padded")
    x, _, lengths = case.split()
    found = reference_unroll.unroll(case.spec(), case.weights(), x, lengths)
    end, row = int(lengths[0]), 0
    assert end < x.shape[1]
    assert not found["input"][row, end:].any()
    for name in step_names(cell):
        ahead, back = (
            found[f"rnn.1.{way}{name}"][row] for way in ("", "reverse.")
        )
        assert ahead[:end].any()
        assert not back[end:].any()  # read first: still the state 0
        constant = ahead[end - 1] if name in "hc" else 0.0 * ahead[0]
        np.testing.assert_array_equal(
            ahead[end:], np.broadcast_to(constant, ahead[end:].shape)
        )


PLANTS = {
    "the order": ("lstm", lambda gates: gates[::-1]),
    "a value": ("gru", lambda gates: (*gates[:2], gates[2] * 1.1)),
}


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_error_in_the_gates_is_found(package, plant, monkeypatch):
    cell, change = PLANTS[plant]
    steps = importlib.import_module(f"{package}.cells").STEPS
    right = steps[cell]

    def wrong(*arguments):
        state, gates = right(*arguments)
        return state, change(gates)

    monkeypatch.setitem(steps, cell, wrong)
    deviations = measured(
        package, case_of(cell, "values, one way, full"), "float64"
    )
    assert max(deviations.values()) > 1e-4
    assert deviations["rnn.0.h"] <= 1e-10  # the steps themselves are right


@pytest.mark.parametrize("package", PACKAGES)
def test_a_planted_error_in_a_step_is_found(package, monkeypatch):
    steps = importlib.import_module(f"{package}.cells").STEPS
    right = steps["rnn"]
    monkeypatch.setitem(steps, "rnn", lambda wx, s, w: right(wx * 1.001, s, w))
    deviations = measured(
        package, case_of("rnn", "values, one way, full"), "float64"
    )
    assert deviations["rnn.0.h"] > 1e-5
