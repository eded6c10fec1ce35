"""The equations and the shape letters that the reader shows."""

import re

import numpy as np
import pytest

from comparisons.reader.equations import EQUATIONS
from comparisons.reader.shape_legend import (
    LETTER,
    shape_legend,
    split_at_shapes,
)
from comparisons.reader.source import PACKAGES, read_packages
from shared.reference import cells as reference_cells
from shared.specs import CELLS, GATE_NAMES, GATES, RECURRENT_WEIGHTS

SOURCES = read_packages()


def left_sides(cell):
    return [line.partition(" = ")[0] for line in EQUATIONS[cell].lines]


def test_equations_define_the_gates_in_the_canonical_order():
    assert set(EQUATIONS) == set(CELLS)
    for cell in CELLS:
        gates = [name for name in left_sides(cell) if "'" not in name]
        assert tuple(gates) == GATE_NAMES[cell]
        assert len(gates) in (0, GATES[cell])


@pytest.mark.parametrize("cell", CELLS)
def test_equations_compute_what_the_reference_computes(cell):
    rng = np.random.default_rng(0)
    gates = GATE_NAMES[cell]
    draw = {
        f"{name}{gate}": rng.normal(size=(3, 3))
        for name in ("W", "U", "b", "b_h")
        for gate in [f"_{gate}" if name != "b_h" else gate for gate in gates]
        or [""]
    }
    x, *state = rng.normal(size=(3, 3, 3))
    values = {"x": x, "h": state[0], "c": state[1], **draw}
    values |= {
        "sigmoid": lambda v: 1 / (1 + np.exp(-v)),
        "relu": lambda v: np.maximum(v, 0),
        "tanh": np.tanh,
    }
    for line in EQUATIONS[cell].lines:
        left, right = python(line).split(" = ")
        values[left] = eval(right, values)  # noqa: S307 - of our own table
    # The reference multiplies from the right: all is transposed.
    columns = [f"_{gate}" for gate in gates] or [""]
    a = [(values["W" + n] @ x + values["b" + n]).T for n in columns]
    weights = {"w_hh": np.hstack([values["U" + n].T for n in columns])}
    if "b_hh" in RECURRENT_WEIGHTS[cell]:
        weights["b_hh"] = np.hstack([values[f"b_h{g}"].T for g in gates])
    old = tuple(part.T for part in state[: len(left_sides(cell)) - len(gates)])
    new, _ = reference_cells.STEPS[cell](np.hstack(a), old, weights)
    for name, part in zip(("h_new", "c_new"), new):
        np.testing.assert_allclose(values[name].T, part, rtol=1e-12)


def python(line):
    """An equation as an assignment."""
    line = re.sub(r"\b([WU]\w*) ([\w(])", r"\1 @ \2", line)
    words = {"⊙": "*", "−": "-", "σ": "sigmoid", "'": "_new"}
    for sign, word in words.items():
        line = line.replace(sign, word)
    return line


def test_the_shape_letters_are_those_of_the_specs():
    letters = shape_legend()
    assert {*"BTDHKVLGNS"} <= set(letters)
    batch, wide = letters["B"], letters["H'"]
    assert (batch, wide) == ("batch", "H, or 2H in both directions")
    assert split_at_shapes("x (B, H'), (h, c)") == [
        ("x ", ""),
        ("(B, H')", f"B {batch}; H' {wide}"),
        (", (h, c)", ""),
    ]
    assert split_at_shapes("tuple(NAMES), (2, 1)") == [
        ("tuple(NAMES), (2, 1)", "")
    ]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_letter_of_a_shape_is_explained(package):
    found = {
        letter
        for source in SOURCES[package].values()
        for text, means in split_at_shapes(source.text)
        if means
        for letter in LETTER.findall(text)
    }
    assert {"B", "T", "H", "H'", "E"} <= found <= set(shape_legend())
