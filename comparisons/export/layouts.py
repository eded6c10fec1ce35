"""How each format stores the weights of one recurrent layer.

One table for writing, reading, and the report of a conversion. Canonical
weights are those of `shared.weights.layout`: inputs before outputs, gates
i f g o and r z n. Sources: the documentation of `nn.LSTM`,
`keras.layers.LSTM`, `flax.nnx.OptimizedLSTMCell`, and the ONNX operators LSTM,
GRU and RNN (opset 14).
"""

from collections.abc import Mapping
from typing import NamedTuple

from shared.specs import (
    NATIVE_CELLS,
)

Tensors = Mapping[str, tuple[str, ...]]


class Layout(NamedTuple):
    """Names, gate order and biases of a format.

    name: of a tensor, from its stack, part, layer and direction; directions:
    the suffix of the only one, the forward one and the reverse one; tensors: of
    each cell, tensor -> the canonical weights in it, as rows if two; gates:
    their order, by canonical names; gate_names: its own for some of them;
    others: canonical name -> own, outside the recurrent layers; transposed:
    whether outputs come before inputs.
    """

    name: str
    directions: tuple[str, str, str]
    tensors: Mapping[str, Tensors]
    gates: Mapping[str, str]
    gate_names: Mapping[str, str] = {}
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
    gate_names={"g": "c", "n": "h"},
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
    gate_names={"g": "c", "n": "h"},
    others={n: n for n in (*TABLES, "head.weight", "head.bias")},
    transposed=True,
)
