"""How each format stores the weights of one recurrent layer.

One table both writes and reads, and the report of a conversion is made from
it. Canonical weights are those of `shared.weights.layout`: inputs before
outputs, gates i f g o and r z n. Sources: the documentation of `nn.LSTM`,
`keras.layers.LSTM`, `flax.nnx.OptimizedLSTMCell`, and the ONNX operators LSTM,
GRU and RNN (opset 14).
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from shared.errors import UserError
from shared.specs import (
    GATE_NAMES,
    GATES,
    NATIVE_CELLS,
    WEIGHT_NAMES,
    Array,
    ModelSpec,
    Weights,
)
from shared.weights.layout import layer_prefixes, stacks

Tensors = Mapping[str, tuple[str, ...]]


class Layout(NamedTuple):
    """Names, gate order and biases of a format.

    name: of a tensor, from its stack, part, layer and direction; directions:
    the suffix of the only one, the forward one and the reverse one; tensors: of
    each cell, tensor -> the canonical weights in it, as rows if two; gates:
    their order, in canonical letters; letters: its own for some of them;
    others: canonical name -> own, outside the recurrent layers; transposed:
    whether outputs come before inputs.
    """

    name: str
    directions: tuple[str, str, str]
    tensors: Mapping[str, Tensors]
    gates: Mapping[str, str]
    letters: Mapping[str, str] = {}
    others: Mapping[str, str] = {}
    transposed: bool = False


TWO_BIASES: Tensors = {
    "weight_ih": ("w_ih",),
    "weight_hh": ("w_hh",),
    "bias_ih": ("b_ih",),
    "bias_hh": ("b_hh",),
}
KERNELS: Tensors = {
    "kernel": ("w_ih",),
    "recurrent_kernel": ("w_hh",),
    "bias": ("b_ih",),
}
MATRICES: Tensors = {"dense_i.kernel": ("w_ih",), "dense_h.kernel": ("w_hh",)}
DENSE: Tensors = {**MATRICES, "dense_i.bias": ("b_ih",)}
THREE: Tensors = {"W": ("w_ih",), "R": ("w_hh",), "B": ("b_ih", "b_hh")}

TABLES = {
    "embedding.table": "embedding",
    "shapes.table": "shapes",
    "characters.embedding.table": "character_embedding",
}
"""Canonical name of an embedding -> the name of its layer."""

STACKS = {"": "", "characters.": "character_"}
"""Prefix of the weights of a stack -> that of its layers' names."""


def of_tables(own: str) -> Mapping[str, str]:
    """Canonical name -> own name, of the embeddings."""
    return {name: f"{layer}.{own}" for name, layer in TABLES.items()}


PYTORCH = Layout(
    "{stack}rnn.{part}_l{layer}{direction}",
    ("", "", "_reverse"),
    dict.fromkeys(NATIVE_CELLS, TWO_BIASES),
    {"gru": "rzn", "lstm": "ifgo"},
    others={
        **of_tables("weight"),
        "head.weight": "head.weight",
        "head.bias": "head.bias",
    },
    transposed=True,
)
KERAS = Layout(
    "{stack}rnn_{layer}{direction}.cell.{part}",
    ("", ".forward_layer", ".backward_layer"),
    {
        **dict.fromkeys(NATIVE_CELLS, KERNELS),
        "gru": {**KERNELS, "bias": ("b_ih", "b_hh")},
    },
    {"gru": "zrn", "lstm": "ifgo"},
    letters={"g": "c", "n": "h"},
    others={
        **of_tables("embeddings"),
        "head.weight": "head.kernel",
        "head.bias": "head.bias",
    },
)
NNX = Layout(
    "{stack}rnn_{layer}{direction}.cell.{part}",
    ("", ".forward_rnn", ".backward_rnn"),
    {
        **dict.fromkeys(NATIVE_CELLS, DENSE),
        "gru": {**DENSE, "dense_h.bias": ("b_hh",)},
        "lstm": {**MATRICES, "dense_h.bias": ("b_ih",)},
    },
    {"gru": "rzn", "lstm": "ifgo"},
    others={
        **of_tables("embedding"),
        "head.weight": "head.kernel",
        "head.bias": "head.bias",
    },
)
ONNX = Layout(
    "{stack}rnn_{layer}.{part}{direction}",
    ("", "[0]", "[1]"),
    dict.fromkeys(NATIVE_CELLS, THREE),
    {"gru": "zrn", "lstm": "iofg"},
    letters={"g": "c", "n": "h"},
    others={n: n for n in (*TABLES, "head.weight", "head.bias")},
    transposed=True,
)


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
