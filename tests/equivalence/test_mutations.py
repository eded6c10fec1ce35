"""The gates can fail: planted errors turn them red in every framework.

Each error is planted in a function of the framework's own package, where a
programmer would make it: in the step of a cell from scratch, in what loads
weights into native impl, or in what tells where a sequence ends.
"""

import importlib

import numpy as np
import pytest

from comparisons.equivalence.case import HIDDEN, Case
from comparisons.equivalence.limits import LIMITS
from comparisons.equivalence.measure import forward, loaded

PACKAGES = ("pytorch_impl", "keras_impl", "jax_impl")
COLUMNS = np.arange(4 * HIDDEN).reshape(4, HIDDEN)  # of the LSTM's gates
SWAPPED = COLUMNS[[1, 0, 2, 3]].ravel()  # (G·H,), f before i
FORGET = np.isin(COLUMNS.ravel(), COLUMNS[1]).astype(float)  # (G·H,)


def part(package, name):
    return importlib.import_module(f"{package}.{name}")


def constant(package, array):
    """A constant beside the package's tensors; torch takes no numpy."""
    if package == "pytorch_impl":
        return importlib.import_module("torch").as_tensor(array)
    return array


def plant_step(cell, change):
    """A step of a cell from scratch with its arguments changed."""

    def plant(monkeypatch, package):
        steps = part(package, "cells").STEPS
        right = steps[cell]

        def wrong(wx, state, *weights):
            wx, *weights = change(package, wx, *weights)
            return right(wx, state, *weights)

        monkeypatch.setitem(steps, cell, wrong)

    return plant


def step_swaps_gates(package, wx, w_hh):
    matrix = constant(package, np.eye(4 * HIDDEN)[SWAPPED])
    return wx @ matrix, w_hh @ matrix


def step_drops_bias(package, wx, w_hh, b_hh):
    return wx, w_hh, b_hh * 0.0


def step_adds_forget_bias(package, wx, w_hh):
    """The cell adds a 1 that its weights already hold."""
    return wx + constant(package, FORGET), w_hh


def plant_loading(change):
    """A `load_weights` that gets each recurrent weight wrong."""

    def plant(monkeypatch, package):
        implementation = importlib.import_module(package)
        right = implementation.load_weights

        def wrong(model, weights):
            right(
                model,
                {
                    name: change(name.rpartition(".")[2], w)
                    if name.startswith("rnn.")
                    else w
                    for name, w in weights.items()
                },
            )

        monkeypatch.setattr(implementation, "load_weights", wrong)

    return plant


def loading_swaps_gates(name, w):
    return w[..., SWAPPED]


def loading_drops_bias(name, w):
    return w * 0 if name == "b_hh" else w


def loading_doubles_forget_bias(name, w):
    return w * (1 + FORGET) if name == "b_ih" else w


def plant_mask(file, name):
    """Layers that mask a step too late, where there is one."""

    def plant(monkeypatch, package):
        owner = getattr(part(package, file), name)
        right = getattr(owner, CALLED[package])

        def wrong(self, x, lengths=None, **keywords):
            if lengths is not None:
                lengths = lengths + 1 - lengths // x.shape[1]  # T at most
            return right(self, x, lengths, **keywords)

        monkeypatch.setattr(owner, CALLED[package], wrong)

    return plant


CALLED = {
    "pytorch_impl": "forward",
    "keras_impl": "call",
    "jax_impl": "__call__",
}
PLANTS = {
    ("swapped gates", "scratch"): plant_step("lstm", step_swaps_gates),
    ("swapped gates", "native"): plant_loading(loading_swaps_gates),
    ("dropped bias", "scratch"): plant_step("gru", step_drops_bias),
    ("dropped bias", "native"): plant_loading(loading_drops_bias),
    ("doubled forget bias", "scratch"): plant_step(
        "lstm", step_adds_forget_bias
    ),
    ("doubled forget bias", "native"): plant_loading(
        loading_doubles_forget_bias
    ),
    ("mask off by one", "scratch"): plant_mask("cells", "ScratchRecurrent"),
    ("mask off by one", "native"): plant_mask("recurrent", "Recurrent"),
}
CELLS = {"dropped bias": "gru"}


def forget_compiled(package):
    """Drop compiled functions, in which a plant is not seen."""
    for file in ("training", "tbptt", "generation", "decoding"):
        for item in vars(part(package, file)).values():
            item = getattr(item, "jitted_fn", item)  # what nnx.jit wraps
            for name in ("cache_clear", "clear_cache"):
                getattr(item, name, int)()


def measure(package, case):
    """The deviation of the outputs of a new model of the case."""
    implementation = importlib.import_module(package)
    implementation.configure("cpu", 1, "float64", 0)
    model, weights = loaded(implementation, case, "float64")
    return forward(implementation, model, case, weights)


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize(("error", "impl"), PLANTS)
def test_a_planted_error_is_caught(package, error, impl):
    padded = error == "mask off by one"
    shape = ("classifier", "onehot") if padded else ("forecaster", "values")
    model, kind = shape
    cell = CELLS.get(error, "lstm")
    case = Case(model, cell, kind, impl, 1, padded, padded)
    limit = LIMITS["float64"]["forward"]
    assert measure(package, case) <= limit
    try:
        with pytest.MonkeyPatch.context() as monkeypatch:
            PLANTS[error, impl](monkeypatch, package)
            forget_compiled(package)
            assert measure(package, case) > 1e3 * limit
    finally:
        forget_compiled(package)
