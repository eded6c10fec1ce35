"""A model as an ONNX graph of the operators LSTM, GRU and RNN.

Written from canonical weights, without a framework. Inputs: x (B, T, D),
(B, T), or (B, T, F) of words with their characters; lengths (B,) of ragged
sequences; the state (L, B, H) of a model that has one. Gate order i o f c and
z r h, `linear_before_reset` 1: the reset gate comes after the product, as in
cuDNN (ONNX operators, version 14).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.export.layouts import ONNX
from comparisons.export.model import has_columns
from comparisons.export.onnx_nodes import (
    INT32,
    LAST,
    Graph,
    integers,
    last,
    pooled,
    single_precision,
)
from comparisons.export.relayout import to_stored
from shared.specs import (
    RAGGED_MODELS,
    STATE_NAMES,
    STATEFUL_MODELS,
    WEIGHT_NAMES,
    Array,
    ModelSpec,
    Weights,
)
from shared.weights.layout import (
    DIRECTIONS,
    EVERY_STEP,
    char_column,
    char_spec,
    last_size,
)

OPSET, IR_VERSION = 17, 8
"""Read by onnxruntime from 1.12 (2022) on."""

OPERATORS: dict[str, tuple[str, dict[str, Any]]] = {
    "rnn": ("RNN", {"activations": ["Tanh"]}),
    "rnn-relu": ("RNN", {"activations": ["Relu"]}),
    "gru": ("GRU", {"linear_before_reset": 1}),
    "lstm": ("LSTM", {}),
}


def write_onnx(spec: ModelSpec, weights: Weights, path: Path) -> None:
    """Write the model; its state and lengths are inputs of the graph."""
    import onnx
    from onnx import helper, numpy_helper

    graph = Graph()
    vectors = graph.add(
        "Transpose", vectors_of(graph, spec, weights), perm=[1, 0, 2]
    )  # (T, B, D)
    outputs, states = recurrent(graph, spec, weights, vectors)
    if spec.model in EVERY_STEP:
        read = graph.add("Transpose", outputs, perm=[1, 0, 2])  # (B, T, H')
    else:
        read = pooled(graph, spec, outputs, states)
    if "head.weight" in weights:
        read = graph.add("MatMul", read, weights["head.weight"])
        read = graph.add("Add", read, weights["head.bias"])
    graph.add("Identity", read, outputs="outputs")
    tensors = [
        numpy_helper.from_array(single_precision(a), n)
        for n, a in graph.constants.items()
    ]
    made = helper.make_graph(
        graph.nodes, spec.model, *interface(spec, weights), tensors
    )
    opsets = [helper.make_opsetid("", OPSET)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=IR_VERSION)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def interface(spec: ModelSpec, weights: Weights) -> tuple[list[Any], list[Any]]:
    """Names, types and shapes of the inputs and of the outputs."""
    from onnx import TensorProto, helper

    floats, info = TensorProto.FLOAT, helper.make_tensor_value_info
    values = spec.input == "values"
    last: Any = spec.input_size if values else "F"
    shape: list[Any] = ["B", "T", *[last] * (values or has_columns(spec))]
    inputs = [info("x", floats if values else TensorProto.INT64, shape)]
    size = len(weights.get("head.bias", np.zeros(last_size(spec))))
    steps = ["T"] if spec.model in EVERY_STEP else []
    result: list[Any] = ["B", *steps, size]
    outputs = [info("outputs", floats, result)]
    if spec.model in RAGGED_MODELS:
        inputs.append(info("lengths", TensorProto.INT32, ["B"]))
    state_shape: list[Any] = [spec.num_layers, "B", spec.hidden_size]
    stateful = spec.model in STATEFUL_MODELS
    for state in STATE_NAMES[spec.cell] if stateful else ():
        inputs.append(info(f"initial_{state}", floats, state_shape))
        outputs.append(info(state, floats, state_shape))
    return inputs, outputs


def vectors_of(graph: Graph, spec: ModelSpec, weights: Weights) -> str:
    """The layers' inputs: x -> (B, T, D)."""
    if not has_columns(spec):
        return encoded(graph, spec, weights, "x")
    word = graph.add("Gather", "x", integers(0), axis=2)  # (B, T)
    vectors = [encoded(graph, spec, weights, word)]
    if spec.shape_size:
        shape = graph.add("Gather", "x", integers(1), axis=2)
        vectors.append(graph.add("Gather", weights["shapes.table"], shape))
    if spec.char_encoder:
        vectors.append(characters(graph, spec, weights))
    return graph.add("Concat", *vectors, axis=-1)


def encoded(graph: Graph, spec: ModelSpec, weights: Weights, x: str) -> str:
    """Values as they are; of indices (B, T) the vectors (B, T, E)."""
    if spec.input == "embedding":
        return graph.add("Gather", weights["embedding.table"], x)
    if spec.input == "onehot":
        depth, off_on = integers(spec.input_size), np.array([0, 1], np.float32)
        return graph.add("OneHot", x, depth, off_on)
    return x


def characters(graph: Graph, spec: ModelSpec, weights: Weights) -> str:
    """The last h of both directions over each word's characters: (B, T, 2H)."""
    first, end, axis = ([n] for n in (char_column(spec), LAST, 2))
    spelling = graph.add("Slice", "x", *map(integers, (first, end, axis)))
    words = graph.add("Flatten", spelling, axis=2)  # (B·T, C)
    used = graph.add("Cast", graph.add("Greater", words, integers(0)), to=INT32)
    ends = graph.add("ReduceSum", used, integers([1]), keepdims=0)
    ends = graph.add("Max", ends, np.array([1], np.int32))  # of padding
    inner, name = char_spec(spec), "characters."
    table = weights[f"{name}embedding.table"]
    vectors = graph.add("Gather", table, words)  # (B·T, C, E)
    vectors = graph.add("Transpose", vectors, perm=[1, 0, 2])
    _, h, *_ = layer(graph, inner, weights, f"{name}rnn.0.", vectors, ends)
    both = last(graph, "", h)  # (B·T, 2H)
    shape = graph.add("Shape", "x", end=2)
    shape = graph.add("Concat", shape, integers([-1]), axis=0)
    return graph.add("Reshape", both, shape)


def recurrent(
    graph: Graph, spec: ModelSpec, weights: Weights, vectors: str
) -> tuple[str, list[str]]:
    """Outputs (T, B, H') of the last layer, and its last states."""
    states: dict[str, list[str]] = {n: [] for n in STATE_NAMES[spec.cell]}
    stateful = spec.model in STATEFUL_MODELS
    lengths = "lengths" if spec.model in RAGGED_MODELS else ""
    for number in range(spec.num_layers):
        rows = [integers([n]) for n in (number, number + 1, 0)]
        before = [
            graph.add("Slice", f"initial_{name}", *rows)
            for name in states
            if stateful
        ]
        prefix = f"rnn.{number}."
        y, *after = layer(
            graph, spec, weights, prefix, vectors, lengths, before
        )
        batch_first = graph.add("Transpose", y, perm=[0, 2, 1, 3])
        vectors = graph.add("Reshape", batch_first, integers([0, 0, -1]))
        for name, state in zip(states, after):
            states[name].append(state)
    for name in states if stateful else ():
        graph.add("Concat", *states[name], outputs=name, axis=0)
    return vectors, [found[-1] for found in states.values()]


def layer(
    graph: Graph,
    spec: ModelSpec,
    weights: Weights,
    prefix: str,
    vectors: str,
    lengths: str,
    before: Sequence[str] = (),
) -> list[str]:
    """Outputs (T, directions, B, H) and last states (directions, B, H)."""
    operator, attributes = OPERATORS[spec.cell]
    both = spec.bidirectional
    if "activations" in attributes:
        activations = attributes["activations"] * len(DIRECTIONS[both])
        attributes = {**attributes, "activations": activations}
    parts = ("y", *STATE_NAMES[spec.cell])
    outputs = [f"{prefix}{part}" for part in parts]
    tensors: list[Any] = layer_tensors(spec, weights, prefix)
    graph.add(
        operator,
        *(vectors, *tensors, lengths, *before),
        outputs=outputs,
        hidden_size=spec.hidden_size,
        direction="bidirectional" if both else "forward",
        **attributes,
    )
    return outputs


def layer_tensors(
    spec: ModelSpec, weights: Weights, prefix: str
) -> list[Array]:
    """W (directions, G·H, D), R (directions, G·H, H), B (directions, 2·G·H)."""
    stored = []
    for direction in DIRECTIONS[spec.bidirectional]:
        parts = WEIGHT_NAMES[spec.cell]
        own = {part: weights[prefix + direction + part] for part in parts}
        stored.append(to_stored(ONNX, spec.cell, own))
    w, r, b = (np.stack([part[name] for part in stored]) for name in "WRB")
    return [w, r, b.reshape(len(stored), -1)]
