"""A model as an ONNX graph of the operators LSTM, GRU and RNN.

Written from canonical weights, without a framework. Inputs: x (B, T, D) or
(B, T); lengths (B,) of ragged sequences, or of a model with state, the state
(L, B, H). Gate order i o f c and z r h, `linear_before_reset` 1: the reset
gate comes after the product, as in cuDNN (ONNX operators, version 14).
"""

from pathlib import Path
from typing import Any

import numpy as np

from comparisons.export.layouts import ONNX, to_stored
from comparisons.export.onnx_nodes import (
    Graph,
    integers,
    pooled,
    single_precision,
)
from shared.specs import (
    STATE_NAMES,
    STATEFUL_MODELS,
    WEIGHT_NAMES,
    Array,
    ModelSpec,
    Weights,
)
from shared.weights.layout import DIRECTIONS, EVERY_STEP, last_size

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

    graph, stateful = Graph(), spec.model in STATEFUL_MODELS
    vectors = steps_first(graph, spec, weights)
    outputs, states = recurrent(graph, spec, weights, vectors, stateful)
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
    shape: list[Any] = ["B", "T", *([spec.input_size] if values else [])]
    inputs = [info("x", floats if values else TensorProto.INT64, shape)]
    size = len(weights.get("head.bias", np.zeros(last_size(spec))))
    steps = ["T"] if spec.model in EVERY_STEP else []
    result: list[Any] = ["B", *steps, size]
    outputs = [info("outputs", floats, result)]
    if spec.model not in STATEFUL_MODELS:
        inputs.append(info("lengths", TensorProto.INT32, ["B"]))
        return inputs, outputs
    state_shape: list[Any] = [spec.num_layers, "B", spec.hidden_size]
    for state in STATE_NAMES[spec.cell]:
        inputs.append(info(f"initial_{state}", floats, state_shape))
        outputs.append(info(state, floats, state_shape))
    return inputs, outputs


def steps_first(graph: Graph, spec: ModelSpec, weights: Weights) -> str:
    """The layers' inputs: x -> (T, B, D)."""
    vectors = "x"
    if spec.input == "embedding":
        table = graph.constant(weights["embedding.table"])
        vectors = graph.add("Gather", table, "x")
    if spec.input == "onehot":
        depth, off_on = integers(spec.input_size), np.array([0, 1], np.float32)
        vectors = graph.add("OneHot", "x", depth, off_on)
    return graph.add("Transpose", vectors, perm=[1, 0, 2])


def recurrent(
    graph: Graph,
    spec: ModelSpec,
    weights: Weights,
    vectors: str,
    stateful: bool,
) -> tuple[str, list[str]]:
    """Outputs (T, B, H') of the last layer, and its last states."""
    operator, attributes = OPERATORS[spec.cell]
    directions = DIRECTIONS[spec.bidirectional]
    names = STATE_NAMES[spec.cell]
    if "activations" in attributes:
        activations = attributes["activations"] * len(directions)
        attributes = {**attributes, "activations": activations}
    direction = "bidirectional" if spec.bidirectional else "forward"
    after: dict[str, list[str]] = {name: [] for name in names}
    for number in range(spec.num_layers):
        before = [
            graph.add(
                "Slice",
                f"initial_{name}",
                integers([number]),
                integers([number + 1]),
                integers([0]),
            )
            for name in names
            if stateful
        ]
        outputs = [f"{part}_{number}" for part in ("y", *names)]
        lengths = "" if stateful else "lengths"
        inputs: list[Any] = layer_tensors(spec, weights, number)
        y = graph.add(
            operator,
            *(vectors, *inputs, lengths, *before),
            outputs=outputs,
            hidden_size=spec.hidden_size,
            direction=direction,
            **attributes,
        )  # (T, directions, B, H)
        batch_first = graph.add("Transpose", y, perm=[0, 2, 1, 3])
        vectors = graph.add("Reshape", batch_first, integers([0, 0, -1]))
        for name, output in zip(names, outputs[1:]):
            after[name].append(output)
    for name in names if stateful else ():
        graph.add("Concat", *after[name], outputs=name, axis=0)
    return vectors, [after[name][-1] for name in names]


def layer_tensors(
    spec: ModelSpec, weights: Weights, number: int
) -> list[Array]:
    """W (directions, G·H, D), R (directions, G·H, H), B (directions, 2·G·H)."""
    stored = []
    for direction in DIRECTIONS[spec.bidirectional]:
        prefix = f"rnn.{number}.{direction}"
        parts = {p: weights[prefix + p] for p in WEIGHT_NAMES[spec.cell]}
        stored.append(to_stored(ONNX, spec.cell, parts))
    w, r, b = (np.stack([part[name] for part in stored]) for name in "WRB")
    return [w, r, b.reshape(len(stored), -1)]
