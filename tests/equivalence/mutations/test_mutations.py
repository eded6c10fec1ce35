"""The checks can fail: each error of the table turns its checks red."""

import importlib
from functools import cache

import pytest
from equivalence.mutations.table import MUTATIONS
from factories.implementations import PACKAGES, configured, forget_compiled

from comparisons.equivalence.autoregressive import (
    autoregressive_checks,
    wrong_tokens,
)
from comparisons.equivalence.checks import full_checks
from comparisons.equivalence.limits import LIMITS
from comparisons.equivalence.measure import (
    Deviation,
    fitted,
    forward,
    loaded,
    trajectory,
)

CALLED = {
    "pytorch_impl": "forward",
    "keras_impl": "call",
    "jax_impl": "__call__",
}
BASE = {"forward", "gradient", "trajectory"}
"""Checks of every model."""
GENERATED = {"generated", "decoded"}
FURTHER = {"token NLL", "attention weights", "stateful"} | GENERATED
FURTHER |= {"scheduled sampling"}
"""Checks of models that read their own outputs."""


def plant(monkeypatch, package, mutation):
    """Replace the functions of a mutation, of those that the package has."""
    function = mutation.function
    if isinstance(function, dict):
        function = function[package]
    for place in function.split():
        place, _, key = place.rstrip("]").partition("[")
        *path, name = place.split(".")
        owner = importlib.import_module(".".join((package, *path[:1])))
        for part in path[1:]:
            owner = getattr(owner, part)
        name = CALLED[package] if name == "call" else name
        if key:
            table = getattr(owner, name)
            wrong = mutation.wrong(table[key], package)
            monkeypatch.setitem(table, key, wrong)
        elif hasattr(owner, name):
            wrong = mutation.wrong(getattr(owner, name), package)
            monkeypatch.setattr(owner, name, wrong)


def failed(package, mutation, margin):
    """The red checks, of the smallest group that has those of the mutation."""
    case, red, name = mutation.case, mutation.red, "float64"
    implementation, limits = configured(package, name), LIMITS[name]
    model, weights = loaded(implementation, case, name)
    if red == {"forward"}:
        value = forward(implementation, model, case, weights)
        found = [Deviation("", "forward", value, margin * limits["forward"])]
    elif mutation.training:
        training, split = mutation.training, case.split(3)
        fit = fitted(implementation, model, weights, split, training)
        value = trajectory(case, weights, split, training, fit)
        limit = margin * limits["training"]
        found = [Deviation("", "trajectory", value, limit)]
    elif red <= GENERATED:
        value = wrong_tokens(implementation, model, case, weights)
        found = [Deviation(f"{case}, {min(red)}", "", value, 0.0)]
    elif red & BASE:
        found = full_checks(implementation, case, name)
    else:
        found = autoregressive_checks(implementation, model, case, name, "step")
    return {label(one) for one in found if not one.holds}


@cache
def right_outputs_hold(package, case):
    """The forward check without an error, once for all errors of a case."""
    implementation = configured(package, "float64")
    model, weights = loaded(implementation, case, "float64")
    value = forward(implementation, model, case, weights)
    return value <= LIMITS["float64"]["forward"]


def label(one):
    """The name of a check: those of the further checks end that of the case."""
    last = one.case.rpartition(", ")[2]
    return last if last in FURTHER else one.check


PLANTED = [
    pytest.param(mutation, package, id=f"{mutation.name}-{package}")
    for mutation in MUTATIONS
    for package in PACKAGES
    if mutation.everywhere or package == "pytorch_impl"
]


@pytest.mark.parametrize(("mutation", "package"), PLANTED)
def test_a_mutation_turns_its_checks_red(package, mutation):
    try:
        with pytest.MonkeyPatch.context() as monkeypatch:
            plant(monkeypatch, package, mutation)
            forget_compiled(package)
            red = failed(package, mutation, margin=1e3)
    finally:
        forget_compiled(package)  # a loss is built once, and cached
    # A wrong context need not change which token is the most probable.
    assert red - ({"decoded"} - mutation.red) == mutation.red
    if mutation.red == {"forward"}:
        assert right_outputs_hold(package, mutation.case)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_check_fails_for_a_mutation(package):
    planted = [one.values[0] for one in PLANTED if one.values[1] == package]
    named = set().union(*(mutation.red for mutation in planted))
    assert named == BASE | FURTHER
    assert {m.name for m in planted} >= {
        m.name for m in MUTATIONS if isinstance(m.function, dict)
    }


def test_each_mutation_has_a_name_of_its_own():
    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS)
