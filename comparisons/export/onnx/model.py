"""A model as an ONNX graph of the operators LSTM, GRU and RNN.

Written from canonical weights, without a framework. Inputs: x (B, T, D),
(B, T), or (B, T, F) of words with their characters; lengths (B,) of ragged
sequences; the state (L, B, H) of a model that has one. Gate order i o f c and
z r h, `linear_before_reset` 1: the reset gate comes after the product, as in
cuDNN (ONNX operators, version 14). A tagger with a CRF also has the outputs
transitions (K, K), start (K,), end (K,), and allowed (K + 1, K).
"""

from pathlib import Path
from typing import Any

import numpy as np

from comparisons.export.layouts import CRF
from comparisons.export.model import has_columns
from comparisons.export.onnx.inputs import vectors_of
from comparisons.export.onnx.layers import recurrent
from comparisons.export.onnx.nodes import Graph, single_precision
from comparisons.export.onnx.pooling import pooled
from shared.specs import (
    RAGGED_MODELS,
    STATE_NAMES,
    STATEFUL_MODELS,
    ModelSpec,
    Weights,
)
from shared.weights.layout import EVERY_STEP, last_size

OPSET, IR_VERSION = 17, 8
"""Read by onnxruntime from 1.12 (2022) on."""


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
    for name in crf_outputs(weights):
        # No output can be a constant itself.
        constant = graph.constant(weights[name], name)
        graph.add("Identity", constant, outputs=name.removeprefix("crf."))
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
    for name in crf_outputs(weights):
        own = name.removeprefix("crf.")
        outputs.append(info(own, floats, weights[name].shape))
    return inputs, outputs


def crf_outputs(weights: Weights) -> list[str]:
    """The weights that the graph also has as outputs, if it has a CRF."""
    return [name for name in CRF if name in weights]
