"""Recurrent layers as the operators LSTM, GRU and RNN."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from comparisons.export.layouts import ONNX
from comparisons.export.onnx.nodes import Graph, integers
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
from shared.weights.layout import DIRECTIONS

OPERATORS: dict[str, tuple[str, dict[str, Any]]] = {
    "rnn": ("RNN", {"activations": ["Tanh"]}),
    "rnn-relu": ("RNN", {"activations": ["Relu"]}),
    "gru": ("GRU", {"linear_before_reset": 1}),
    "lstm": ("LSTM", {}),
}


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
