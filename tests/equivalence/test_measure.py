"""What a check measures: the worst of all, and nothing is left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from factories.implementations import configured
from factories.specs import run_spec

from comparisons.equivalence.cases import case_of
from comparisons.equivalence.checks import full_checks, short_checks
from comparisons.equivalence.deviation import (
    WORST,
    deviation,
    identical,
    largest_deviation,
    up_to_ends,
)
from comparisons.equivalence.limits import DTYPES, GRADIENT_STEPS, LIMITS, SGD
from comparisons.equivalence.measure import (
    Deviation,
    Fit,
    gradient,
    trajectory,
)
from comparisons.equivalence.trainings import CONSTANTS, own_training
from comparisons.records import measurements
from comparisons.worker import check
from comparisons.worker.jobs import Job
from shared.reference import model as reference_model
from shared.reference import training as reference_training
from shared.reference.model import in_float64
from shared.specs import IMPLS, EpsilonPlaces, TrainSpec

CASE = case_of("forecaster", "gru", "values", "native", 1)
WEIGHTS = CASE.weights("float64")
PAPERS = EpsilonPlaces()
ROUNDING = {
    ("float64", "forward"): 1e3,
    ("float64", "gradient"): 1e7,  # a difference of weights, by the rate
    ("float64", "trajectory"): 1e3,
    ("float64", "training"): 1e3,
    ("float32", "forward"): 1e2,
    ("float32", "gradient"): 1e3,
    ("float32", "trajectory"): 1e4,
}
"""Precision and check -> a bound of its limit, in units of rounding."""


@pytest.mark.parametrize(("precision", "name"), ROUNDING)
def test_limits_are_of_the_size_of_rounding(precision, name):
    unit = np.finfo(DTYPES[precision]).eps
    assert 10 * unit < LIMITS[precision][name]
    assert LIMITS[precision][name] < ROUNDING[precision, name] * unit


def test_float64_is_checked_in_float64():
    assert DTYPES["float64"] == "float64"
    assert CASE.weights(DTYPES["float64"])["head.weight"].dtype == np.float64


def test_the_deviation_is_that_of_the_worst_value():
    expected = np.linspace(1.0, 4.0, 1000)
    found = expected.copy()
    found[7] += 0.4
    assert deviation(found, expected) == pytest.approx(0.1)
    for bad in (np.nan, np.inf, -np.inf):
        found[7] = bad
        assert deviation(found, expected) == WORST
    assert deviation(expected[:, None], expected) == WORST


def test_the_worst_tensor_counts_and_none_may_be_more_or_less():
    one, two = np.ones(3), np.full(2, 2.0)
    expected = {"a": one, "b": two}
    assert largest_deviation({"a": one, "b": 1.5 * two}, expected) == 0.5
    assert largest_deviation({"a": 1.5 * one, "b": two}, expected) == 0.5
    assert largest_deviation({"a": one}, expected) == WORST
    assert largest_deviation({**expected, "c": one}, expected) == WORST


def test_steps_are_compared_up_to_each_end():
    outputs = np.arange(12.0).reshape(2, 3, 2)
    found = up_to_ends(outputs, np.array([1, 3]))
    assert found.tolist() == [[0, 1], [6, 7], [8, 9], [10, 11]]


def test_weights_are_identical_to_the_last_bit():
    weights = {"a": np.ones(2)}
    assert identical({"a": np.ones(2)}, weights)
    assert not identical({"a": np.ones(2) + np.spacing(1.0)}, weights)
    assert not identical({"a": np.ones(2, np.float32)}, weights)


@pytest.mark.parametrize("kind", [Deviation, measurements.Deviation])
def test_a_deviation_holds_up_to_its_limit(kind):
    fields = {"case": "any", "check": "forward", "limit": 1e-5}
    assert kind(**fields, measured=1e-5).holds
    assert not kind(**fields, measured=1.001e-5).holds
    assert not kind(**fields, measured=WORST).holds


def reference_fit(training=SGD):
    """The `Fit` of the reference itself."""
    split = CASE.split()
    losses, last = reference_training.train(
        CASE.spec(), WEIGHTS, split, training
    )
    return split, Fit([float(one) for one in losses], {}, last, PAPERS)


def test_a_trajectory_is_of_the_losses_and_of_the_weights():
    split, right = reference_fit()

    def measured(**changes):
        fit = right._replace(**changes)
        return trajectory(CASE, WEIGHTS, split, SGD, fit)

    assert measured() == 0.0
    for name, weights in right.last.items():
        wrong = {**right.last, name: weights + 0.1 * np.abs(weights).max()}
        assert measured(last=wrong) == pytest.approx(0.1)
    for epoch in (0, 7, -1):
        losses = right.losses.copy()
        losses[epoch] *= 1.1
        assert measured(losses=losses) == pytest.approx(0.1)
    assert measured(losses=right.losses[:-1]) == WORST


def test_the_gradient_of_each_weight_is_compared():
    step = GRADIENT_STEPS["float64"]
    _, expected = reference_model.loss_and_gradients(
        CASE.spec(), WEIGHTS, CASE.split()
    )
    before = in_float64(WEIGHTS)

    def measured(**factors):
        after = {
            name: before[name]
            - step.learning_rate * factors.get(name, 1.0) * expected[name]
            for name in expected
        }
        return gradient(CASE, WEIGHTS, step, Fit([], after, {}, PAPERS))

    assert measured() < LIMITS["float64"]["gradient"]
    for name in expected:
        assert measured(**{name: 1.5}) == pytest.approx(0.5), name


class Changed:
    """The PyTorch package with some functions of others."""

    def __init__(self, **functions):
        self.functions = functions
        self.package = configured("pytorch_impl", "float64")

    def __getattr__(self, name):
        return self.functions.get(name, getattr(self.package, name))


def failed(implementation):
    found = full_checks(implementation, CASE, "float64")
    return {one.check for one in found if not one.holds}


def test_a_parameter_more_or_less_is_no_reference_model():
    right = configured("pytorch_impl", "float64").count_parameters
    assert failed(Changed()) == set()
    for change in (1, -1):
        other = Changed(count_parameters=lambda m, c=change: right(m) + c)
        assert failed(other) == {"parameters"}


def test_exported_weights_are_those_that_were_loaded():
    right = configured("pytorch_impl", "float64").export_weights

    def export(model):
        return {n: w * (1 + 2**-50) for n, w in right(model).items()}

    assert "weights" in failed(Changed(export_weights=export))


def test_the_short_checks_are_forward_gradient_and_trajectory():
    spec = run_spec("sine", "pytorch", "gru").model
    found = short_checks(Changed(), spec, "float64")
    assert [one.check for one in found] == ["forward", "gradient", "trajectory"]


@pytest.mark.parametrize(
    ("device", "precision"), [("gpu", "float64"), ("mps", "float32")]
)
def test_a_run_is_proven_with_its_own_training(monkeypatch, device, precision):
    train = {"optimizer": "rmsprop", "rho": 0.5, "learning_rate": 0.03}
    run, seen = run_spec("sine", "pytorch", "gru", 7, train=train), []
    run = replace(run, device=device)

    def measured(implementation, case, training, precision, device):
        assert device == run.device
        seen.append((precision, training))
        return Deviation("any", "training", 0.0, 1.0)

    monkeypatch.setattr(check, "training_deviation", measured)
    monkeypatch.setattr(check, "short_checks", lambda *arguments: [])
    implementation = Changed()
    implementation.configure = lambda *arguments: None  # no such device here
    check.short_job(Job(run, implementation))
    assert seen == [(precision, own_training(run.train))]
    assert (seen[0][1].optimizer, seen[0][1].seed) == ("rmsprop", 7)


@pytest.mark.parametrize("impl", IMPLS)
def test_all_checks_are_of_the_cell_and_the_layers_requested(monkeypatch, impl):
    seen = []

    def checked(implementation, case, precision, loop, device):
        assert device == run.device
        seen.append(case)
        return []

    monkeypatch.setattr(check, "full_checks", checked)
    run = run_spec("sine", "pytorch", "lstm", precision="float32")
    check.full_job(Job(run, Changed(), {"impl": impl}))
    assert {(case.cell, case.impl) for case in seen} == {("lstm", impl)}


OWN_CONSTANTS = (
    ("momentum", "clip_norm", "lr_schedule"),
    ("rho", "learning_rate"),
    ("beta1", "beta2", "clip_value"),
    ("beta1", "beta2", "weight_decay", "lr_decay", "lr_decay_start"),
)
"""What each of CONSTANTS has away from its default."""


@pytest.mark.parametrize(
    ("training", "names"),
    [*zip(CONSTANTS, OWN_CONSTANTS, strict=True)],
    ids=lambda value: getattr(value, "optimizer", ""),
)
def test_each_optimizer_has_constants_of_its_own(training, names):
    default = TrainSpec()
    for name in (*names, "seed"):
        assert getattr(training, name) != getattr(default, name), name
