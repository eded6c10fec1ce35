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
LOWEST = np.float32(-1e30)
"""Of steps past an end, below every output."""


class Graph:
    """Nodes and constants as they are added."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, Array] = {}

    def add(
        self,
        operator: str,
        *inputs: str | Array,
        outputs: Any = "",
        **more: Any,
    ) -> str:
        """Add a node, arrays as constants; the name of its first output."""
        from onnx import helper

        names = [x if isinstance(x, str) else self.constant(x) for x in inputs]
        results = outputs or f"{operator}_{len(self.nodes)}"
        results = [results] if isinstance(results, str) else results
        self.nodes.append(helper.make_node(operator, names, results, **more))
        return str(results[0])

    def constant(self, array: Array, name: str = "") -> str:
        name = name or f"constant_{len(self.constants)}"
        self.constants[name] = np.asarray(array)
        return name


def write_onnx(spec: ModelSpec, weights: Weights, path: Path) -> None:
    """Write the model; its state and lengths are inputs of the graph."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    graph, stateful = Graph(), spec.model in STATEFUL_MODELS
    vectors = steps_first(graph, spec, weights)
    outputs, states = recurrent(graph, spec, weights, vectors, stateful)
    name = "outputs"
    if spec.model in EVERY_STEP:
        read = graph.add("Transpose", outputs, perm=[1, 0, 2])  # (B, T, H')
    else:
        read = pooled(graph, spec, outputs, states)
    if "head.weight" in weights:
        read = graph.add("MatMul", read, weights["head.weight"])
        graph.add("Add", read, weights["head.bias"], outputs=name)
    else:
        graph.add("Identity", read, outputs=name)
    kind, ints = TensorProto.FLOAT, TensorProto.INT64
    values = spec.input == "values"
    shape: list[Any] = ["B", "T", *([spec.input_size] if values else [])]
    info = helper.make_tensor_value_info
    inputs = [info("x", kind if values else ints, shape)]
    size = len(weights.get("head.bias", np.zeros(last_size(spec))))
    steps = ["T"] if spec.model in EVERY_STEP else []
    results = [info(name, kind, ["B", *steps, size])]
    state_shape = [spec.num_layers, "B", spec.hidden_size]
    for state in STATE_NAMES[spec.cell] if stateful else ():
        inputs.append(info(f"initial_{state}", kind, state_shape))
        results.append(info(state, kind, state_shape))
    if not stateful:
        inputs.append(info("lengths", TensorProto.INT32, ["B"]))
    tensors = [
        numpy_helper.from_array(_single(a), n)
        for n, a in graph.constants.items()
    ]
    made = helper.make_graph(graph.nodes, spec.model, inputs, results, tensors)
    opsets = [helper.make_opsetid("", OPSET)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=IR_VERSION)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def steps_first(graph: Graph, spec: ModelSpec, weights: Weights) -> str:
    """The layers' inputs: x -> (T, B, D)."""
    vectors = "x"
    if spec.input == "embedding":
        table = graph.constant(weights["embedding.table"])
        vectors = graph.add("Gather", table, "x")
    if spec.input == "onehot":
        depth, off_on = np.int64(spec.input_size), np.float32([0, 1])
        vectors = graph.add("OneHot", "x", np.asarray(depth), off_on)
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
                np.int64([number]),
                np.int64([number + 1]),
                np.int64([0]),
            )
            for name in names
            if stateful
        ]
        outputs = [f"{part}_{number}" for part in ("y", *names)]
        tensors = layer_tensors(spec, weights, number)
        lengths = "" if stateful else "lengths"
        y = graph.add(
            operator,
            *(vectors, *tensors, lengths, *before),
            outputs=outputs,
            hidden_size=spec.hidden_size,
            direction=direction,
            **attributes,
        )  # (T, directions, B, H)
        batch_first = graph.add("Transpose", y, perm=[0, 2, 1, 3])
        vectors = graph.add("Reshape", batch_first, np.int64([0, 0, -1]))
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


def pooled(
    graph: Graph, spec: ModelSpec, outputs: str, states: list[str]
) -> str:
    """What the head reads: (B, P)."""
    found = [
        POOLS[name](graph, outputs, states[0])
        for name in spec.pooling.split("+")
    ]
    return graph.add("Concat", *found, axis=-1)


def last(graph: Graph, outputs: str, h: str) -> str:
    """The last h of each direction, at the sequence's own end: (B, H')."""
    batch_first = graph.add("Transpose", h, perm=[1, 0, 2])
    return graph.add("Reshape", batch_first, np.int64([0, -1]))


def mean(graph: Graph, outputs: str, h: str) -> str:
    """Over the steps before the end: (B, H')."""
    kept = graph.add("Where", inside(graph), outputs, np.float32(0))
    total = graph.add("ReduceSum", kept, np.int64([0]), keepdims=0)
    count = graph.add("Cast", "lengths", to=1)
    column = graph.add("Unsqueeze", count, np.int64([1]))
    return graph.add("Div", total, column)


def maximum(graph: Graph, outputs: str, h: str) -> str:
    """Over the steps before the end: (B, H')."""
    kept = graph.add("Where", inside(graph), outputs, LOWEST)
    return graph.add("ReduceMax", kept, axes=[0], keepdims=0)


def inside(graph: Graph) -> str:
    """Whether a step is before the sequence's end: (T, B, 1)."""
    shape = graph.add("Shape", "x")
    steps = graph.add("Gather", shape, np.asarray(np.int64(1)))
    zero, one = np.asarray(np.int64(0)), np.asarray(np.int64(1))
    numbers = graph.add("Range", zero, steps, one)  # (T,)
    column = graph.add("Unsqueeze", numbers, np.int64([1]))
    ends = graph.add("Cast", "lengths", to=7)
    mask = graph.add("Less", column, ends)  # (T, B)
    return graph.add("Unsqueeze", mask, np.int64([2]))


POOLS = {"last": last, "mean": mean, "max": maximum}


def _single(array: Array) -> Array:
    """Floats in single precision, contiguous."""
    kind = np.float32 if array.dtype.kind == "f" else array.dtype
    return np.ascontiguousarray(array, kind).reshape(array.shape)
