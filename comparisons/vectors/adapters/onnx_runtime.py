"""ONNX Runtime: the operators RNN, GRU and LSTM; it has no gradients."""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

NAME, PRECISIONS = "ONNX Runtime", ("float32",)
OPSET = 22
OPERATORS = {
    "rnn-tanh": ("RNN", 1, {"activations": "Tanh"}),
    "rnn-relu": ("RNN", 1, {"activations": "Relu"}),
    "gru-reset-after": ("GRU", 3, {"linear_before_reset": 1}),
    "gru-reset-before": ("GRU", 3, {"linear_before_reset": 0}),
    "lstm": ("LSTM", 4, {}),
    "lstm-forget-bias": ("LSTM", 4, {}),
}
ORDERS = {"RNN": [0], "GRU": [1, 0, 2], "LSTM": [0, 3, 1, 2]}
"""Gates z r h and i o f c, as places in r z n and i f g o."""


def versions():
    return {"onnxruntime": onnxruntime.__version__, "onnx": onnx.__version__}


def run(case):
    """Outputs of a case, computed by a model of one node a layer."""
    if case.kind not in OPERATORS:
        raise NotImplementedError("ONNX has no such operator")
    x, steps = case.arrays["x"].swapaxes(0, 1), case.mask.shape[1]
    outputs, last = {}, []
    for number, prefixes in enumerate(case.prefixes):
        y, *states = node(case, number, prefixes, x)
        # (T, directions, B, H) -> (T, B, directions · H)
        x = y.swapaxes(1, 2).reshape(steps, len(case.ends), -1)
        last.append(states)
    for place, name in enumerate("hc"[: len(last[0])]):
        outputs[name] = np.concatenate([one[place] for one in last])
    outputs["outputs"] = x.swapaxes(0, 1)
    outputs["loss"] = case.loss(outputs, np.asarray, np.sum)
    return outputs, None


def node(case, number, prefixes, x):
    """The outputs of one layer: Y, Y_h, and Y_c of an LSTM."""
    operator, gates, options = OPERATORS[case.kind]
    feeds = {"X": x} | operands(case, prefixes, operator, gates)
    names = ["X", "W", "R", "B", "", "", ""]
    if case.lengths is not None:
        names[4], feeds["ends"] = "ends", case.lengths.astype("i4")
    rows = slice(number * len(prefixes), (number + 1) * len(prefixes))
    for place, (name, a) in enumerate((case.initial_state or {}).items()):
        names[5 + place] = name
        feeds[name] = a[rows]
    feeds = {
        n: a.astype(case.dtype) if n != "ends" else a for n, a in feeds.items()
    }
    results = ["Y", "Y_h", "Y_c"][: 3 if operator == "LSTM" else 2]
    direction = case.directions
    if "activations" in options:
        options = {"activations": [options["activations"]] * len(prefixes)}
    while not names[-1]:
        names.pop()
    made = helper.make_node(
        *(operator, names, results),
        hidden_size=case.hidden,
        direction=direction,
        **options,
    )
    return session(made, feeds, results).run(results, feeds)


def operands(case, prefixes, operator, gates):
    """W (directions, G·H, D), R (directions, G·H, H), B (directions, 2·G·H)."""
    found = {"W": [], "R": [], "B": []}
    for prefix in prefixes:
        own = {
            n: blocks(case.arrays[prefix + n], gates, ORDERS[operator])
            for n in ("w_ih", "w_hh", "b_ih", "b_hh")
            if prefix + n in case.arrays
        }
        bias = own["b_ih"].copy()
        forget = np.zeros_like(bias)
        forget[case.hidden : 2 * case.hidden] = case.forget_bias
        bias = bias + blocks(forget, gates, ORDERS[operator])
        found["W"].append(own["w_ih"].T)
        found["R"].append(own["w_hh"].T)
        both = [bias, own.get("b_hh", np.zeros_like(bias))]
        found["B"].append(np.concatenate(both))
    return {name: np.stack(parts) for name, parts in found.items()}


def blocks(a, gates, order):
    parts = np.split(a, gates, axis=-1)
    return np.concatenate([parts[i] for i in order], axis=-1)


def session(made, feeds, results):
    types = {"float32": TensorProto.FLOAT, "int32": TensorProto.INT32}
    inputs = [
        helper.make_tensor_value_info(n, types[str(a.dtype)], a.shape)
        for n, a in feeds.items()
    ]
    kind = types[str(feeds["X"].dtype)]
    outputs = [helper.make_tensor_value_info(n, kind, None) for n in results]
    graph = helper.make_graph([made], "layer", inputs, outputs)
    opset = [helper.make_opsetid("", OPSET)]
    model = helper.make_model(graph, opset_imports=opset, ir_version=10)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(model.SerializeToString(), options)
