"""Weights from the canonical layout into that of a format, and back."""

import numpy as np

from comparisons.export.layouts import STACKS, Layout
from shared.errors import UserError
from shared.specs import (
    GATE_NAMES,
    GATES,
    WEIGHT_NAMES,
    Array,
    ModelSpec,
    Weights,
)
from shared.weights.layout import layer_prefixes, stacks


def to_stored(layout: Layout, cell: str, weights: Weights) -> Weights:
    """Own part -> array, from the weights of one layer and direction.

    weights: by part, such as "w_ih"; a b_hh that the cell lacks is zeros.
    """
    weights = {"b_hh": np.zeros_like(weights["b_ih"]), **weights}
    found = {}
    for own, parts in layout.tensors[cell].items():
        rows = [_ordered(layout, cell, weights[part]) for part in parts]
        array = np.stack(rows) if len(rows) > 1 else rows[0]
        matrix = parts[0].startswith("w_")
        found[own] = array.T if layout.transposed and matrix else array
    return found


def to_canonical(layout: Layout, cell: str, tensors: Weights) -> Weights:
    """The reverse; a bias that is absent is zeros.

    Where the cell has one bias, two of the format are added: only their sum
    matters.
    """
    found: Weights = {}
    for own, parts in layout.tensors[cell].items():
        if own not in tensors:
            continue
        array = tensors[own]
        if len(parts) > 1 and array.shape[0] != len(parts):
            raise UserError(
                f"'{own}' of shape {array.shape} has no recurrent bias: the "
                "reset gate comes before the product (reset_after=False), "
                "which is another GRU"
            )
        matrix = parts[0].startswith("w_")
        array = array.T if layout.transposed and matrix else array
        rows = array if len(parts) > 1 else [array]
        for part, row in zip(parts, rows):
            found[part] = _canonical(layout, cell, row)
    zeros = np.zeros(found["w_hh"].shape[1], found["w_hh"].dtype)
    biases = [found.get(part, zeros) for part in ("b_ih", "b_hh")]
    if "b_hh" not in WEIGHT_NAMES[cell]:
        biases = [biases[0] + biases[1]]
    found |= dict(zip(("b_ih", "b_hh"), biases))
    return {part: found[part] for part in WEIGHT_NAMES[cell]}


def stored_name(layout: Layout, prefix: str, part: str, both: bool) -> str:
    """The own name of a part of the layer of this canonical prefix."""
    reverse = "reverse" in prefix
    direction = layout.directions[both * (1 + reverse)]
    stack, layer = prefix.split("rnn.")
    return layout.name.format(
        stack=STACKS[stack],
        part=part,
        layer=layer.partition(".")[0],
        direction=direction,
    )


def model_tensors(layout: Layout, spec: ModelSpec, weights: Weights) -> Weights:
    """Own name -> array of a whole model, from its canonical weights."""
    found = {}
    for stack_prefix, stack in stacks(spec):
        for layer_prefix, _ in layer_prefixes(stack):
            prefix = stack_prefix + layer_prefix
            layer = {p: weights[prefix + p] for p in WEIGHT_NAMES[spec.cell]}
            for part, array in to_stored(layout, spec.cell, layer).items():
                own = stored_name(layout, prefix, part, stack.bidirectional)
                found[own] = array
    for name, own in layout.others.items():
        if name in weights:
            flip = layout.transposed and name == "head.weight"
            found[own] = weights[name].T if flip else weights[name]
    return {n: np.ascontiguousarray(a, np.float32) for n, a in found.items()}


def _ordered(layout: Layout, cell: str, array: Array) -> Array:
    """Gates in the format's order: (..., G·H)."""
    return _blocks(array, cell, _order(layout, cell))


def _canonical(layout: Layout, cell: str, array: Array) -> Array:
    """Gates in the canonical order: (..., G·H)."""
    return _blocks(array, cell, list(np.argsort(_order(layout, cell))))


def _order(layout: Layout, cell: str) -> list[int]:
    gates = layout.gates.get(cell, "")
    return [GATE_NAMES[cell].index(gate) for gate in gates] or [0]


def _blocks(array: Array, cell: str, order: list[int]) -> Array:
    blocks = np.split(array, GATES[cell], axis=-1)
    return np.concatenate([blocks[number] for number in order], axis=-1)
