"""Errors in the weights: gates in another order, biases lost or doubled."""

from collections.abc import Iterator
from itertools import permutations

import numpy as np

from comparisons.vectors.diagnosis.plant import (
    ArrayChange,
    Change,
    Plant,
    with_arrays,
)
from comparisons.vectors.kinds import KINDS, Kind
from shared.specs import GATE_NAMES, GATES, Array

GATED = ("w_ih", "w_hh", "b_ih", "b_hh", "gain_ih", "gain_hh")


def weight_plants(name: str) -> Iterator[Plant]:
    """Those of a recurrent kind."""
    kind = KINDS[name]
    yield from order_plants(kind)
    yield from bias_plants(kind)
    if "w_hh" in kind.names:
        transposed = with_arrays(blocks_transposed(kind), "w_hh")
        yield Plant("recurrent matrices transposed", transposed)


def order_plants(kind: Kind) -> Iterator[Plant]:
    """Every other order of the gates' blocks."""
    gates = GATE_NAMES[kind.cell]
    identity = tuple(range(len(gates)))
    endings = tuple(n for n in GATED if n in kind.names)
    for order in permutations(identity):
        if order == identity:
            continue
        moved = [gates[i] for i in identity if order[i] != i]
        text = f"gates {' and '.join(moved)} exchanged"
        if len(moved) > 2:
            text = (
                f"gates read in the order {' '.join(gates[i] for i in order)}"
            )
            text += f", not {' '.join(gates)}"
        yield Plant(text, with_arrays(reordered(order), *endings))


def reordered(order: tuple[int, ...]) -> ArrayChange:
    def change(name: str, a: Array) -> Array:
        parts = np.split(a, len(order), axis=-1)
        return np.concatenate([parts[i] for i in order], axis=-1)

    return change


def bias_plants(kind: Kind) -> Iterator[Plant]:
    """Biases lost, doubled, or added where there are none."""
    if "b_hh" in kind.names:
        lost = with_arrays(block_scaled(kind, "n", 0.0), "b_hh")
        yield Plant("a GRU without recurrent candidate bias", lost)
        yield Plant("a GRU without recurrent bias", scaled(0.0, "b_hh"))
    yield Plant("without the bias of the input", scaled(0.0, "b_ih"))
    yield Plant("without any bias", scaled(0.0, "b_ih", "b_hh", "b_c"))
    yield Plant("the bias added twice", scaled(2.0, "b_ih"))
    if kind.layer_norm:
        yield from norm_plants()
    if "f" in GATE_NAMES[kind.cell]:
        for added, text in FORGET[kind.forget_bias].items():
            yield Plant(text, with_arrays(forget_added(kind, added), "b_ih"))


FORGET = {
    0.0: {1.0: "an LSTM that adds a forget bias of 1"},
    1.0: {
        -1.0: "an LSTM without the forget bias of 1",
        1.0: "an LSTM with the forget bias of 1 added twice",
    },
}
"""Forget bias of the kind -> what a wrong one adds to it -> its text."""


def norm_plants() -> Iterator[Plant]:
    def ones(name: str, a: Array) -> Array:
        return np.ones(a.shape)

    gains = ("gain_ih", "gain_hh", "gain_c")
    yield Plant("gains left out", with_arrays(ones, *gains))
    yield Plant(
        "the gain of the cell state left out", with_arrays(ones, "gain_c")
    )
    yield Plant("the bias of the cell state left out", scaled(0.0, "b_c"))


def scaled(factor: float, *endings: str) -> Change:
    return with_arrays(lambda name, a: factor * a, *endings)


def block_scaled(kind: Kind, gate: str, factor: float) -> ArrayChange:
    """Scales the block of one gate."""
    place, count = GATE_NAMES[kind.cell].index(gate), GATES[kind.cell]

    def change(name: str, a: Array) -> Array:
        parts = np.split(a, count, axis=-1)
        parts[place] = factor * parts[place]
        return np.concatenate(parts, axis=-1)

    return change


def forget_added(kind: Kind, added: float) -> ArrayChange:
    """Adds to the bias of the forget gate."""
    place, count = GATE_NAMES[kind.cell].index("f"), GATES[kind.cell]

    def change(name: str, a: Array) -> Array:
        parts = np.split(a, count, axis=-1)
        parts[place] = parts[place] + added
        return np.concatenate(parts, axis=-1)

    return change


def blocks_transposed(kind: Kind) -> ArrayChange:
    """Transposes the matrix of each gate."""

    def change(name: str, a: Array) -> Array:
        parts = np.split(a, GATES[kind.cell], axis=1)
        return np.concatenate([part.T for part in parts], axis=1)

    return change
