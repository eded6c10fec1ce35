"""The normalized cells against their equations, written gate by gate."""

import numpy as np
import pytest
from scipy.special import expit

from shared.reference.layer_norm import NORMALIZED_STEPS, project
from shared.specs import GATES, NORM_EPSILON

B, D, H = 3, 4, 5
RNG = np.random.default_rng(0)


def ln(x):
    """LN of Ba, Kiros and Hinton (2016) over all of x (B, n)."""
    mean, variance = x.mean(axis=1), x.var(axis=1)
    return (x - mean[:, None]) / np.sqrt(variance + NORM_EPSILON)[:, None]


def drawn(cell):
    wide = GATES[cell] * H
    shapes = {"w_ih": (D, wide), "w_hh": (H, wide)}
    shapes |= dict.fromkeys(("b_ih", "b_hh", "gain_ih", "gain_hh"), (wide,))
    shapes |= dict.fromkeys(("gain_c", "b_c"), (H,))
    return {name: RNG.normal(size=shape) for name, shape in shapes.items()}


def gates(values, count):
    return np.split(values, count, axis=-1)


def rnn(w, x, h):
    a = w["gain_ih"] * ln(x @ w["w_ih"]) + w["b_ih"]
    return (np.tanh(a + w["gain_hh"] * ln(h @ w["w_hh"])),)


def gru(w, x, h):
    """r and z are normalized together, n apart, in both products."""
    a = w["gain_ih"] * two_and_one(x @ w["w_ih"]) + w["b_ih"]
    u = w["gain_hh"] * two_and_one(h @ w["w_hh"]) + w["b_hh"]
    (a_r, a_z, a_n), (u_r, u_z, u_n) = gates(a, 3), gates(u, 3)
    z = expit(a_z + u_z)
    n = np.tanh(a_n + expit(a_r + u_r) * u_n)
    return ((1 - z) * n + z * h,)


def two_and_one(x):
    return np.concatenate([ln(x[:, : 2 * H]), ln(x[:, 2 * H :])], axis=1)


def lstm(w, x, h, c):
    """All four gates are normalized together; c' on its way to h' alone."""
    a = w["gain_ih"] * ln(x @ w["w_ih"]) + w["b_ih"]
    i, f, g, o = gates(a + w["gain_hh"] * ln(h @ w["w_hh"]), 4)
    c = expit(f) * c + expit(i) * np.tanh(g)
    return expit(o) * np.tanh(w["gain_c"] * ln(c) + w["b_c"]), c


@pytest.mark.parametrize("equations", [rnn, gru, lstm])
def test_a_normalized_step_is_that_of_its_equations(equations):
    cell = equations.__name__
    weights, x = drawn(cell), RNG.normal(size=(B, D))
    if cell != "gru":
        del weights["b_hh"]
    state = tuple(RNG.normal(size=(B, H)) for _ in range(1 + (cell == "lstm")))
    a, _ = project(cell, weights, x)
    found, _ = NORMALIZED_STEPS[cell](a, state, weights)
    for one, other in zip(found, equations(weights, x, *state), strict=True):
        assert one == pytest.approx(other, rel=1e-12, abs=1e-14)
