"""Keras on any backend: its recurrent layers, and outputs and gradients."""

import keras
import numpy as np
from keras import layers, ops

from comparisons.vectors.adapters.keras._others import OTHERS

PRECISIONS = ("float64", "float32", "bfloat16")
CELLS = {
    "rnn-tanh": layers.SimpleRNN,
    "rnn-relu": layers.SimpleRNN,
    "gru-reset-after": layers.GRU,
    "gru-reset-before": layers.GRU,
    "lstm": layers.LSTM,
    "lstm-forget-bias": layers.LSTM,
}
OPTIONS = {
    "rnn-relu": {"activation": "relu"},
    "gru-reset-after": {"reset_after": True},
    "gru-reset-before": {"reset_after": False},
}


def run(case, differentiate):
    """Outputs and gradients of a case; differentiate: of the backend."""
    if case.kind not in (*CELLS, *OTHERS):
        raise NotImplementedError("Keras has no such layer")
    keras.config.set_floatx(case.dtype)
    make = OTHERS.get(case.kind, recurrent)
    variables, forward = make(case)
    names = [n for n in case.arrays if not n.startswith("rnn.")]
    inputs = {n: case.arrays[n].astype("f4") for n in names}
    if case.dtype == "float64":
        inputs = {n: case.arrays[n] for n in names}

    def loss(tensors):
        outputs = forward(tensors)
        if "loss" not in outputs:
            outputs["loss"] = case.loss(outputs, tensor, ops.sum)
        return outputs["loss"], outputs

    own = [one for _, parts in variables for one in parts]
    tensors = {name: tensor(a) for name, a in inputs.items()}
    outputs, d_inputs, d_own = differentiate(loss, tensors, own)
    gradients = {n: in_numpy(d) for n, d in d_inputs.items()}
    found = map(in_numpy, d_own)
    for prefix, parts in variables:
        of_layer = [next(found) for _ in parts]
        gradients |= canonical(case, prefix, of_layer)
    return {n: in_numpy(a) for n, a in outputs.items()}, gradients


def tensor(array):
    return ops.convert_to_tensor(array, keras.config.floatx())


def in_numpy(tensor):
    return ops.convert_to_numpy(ops.cast(tensor, "float64"))


def recurrent(case):
    """The layers' variables by prefix, and what computes outputs."""
    made, variables = [], []
    width = case.arrays["x"].shape[2]
    for prefixes in case.prefixes:
        layer = layer_of(case)
        layer.build((None, None, width))
        parts = [layer]
        if len(prefixes) == 2:
            parts = [layer.forward_layer, layer.backward_layer]
        for prefix, part in zip(prefixes, parts):
            part.set_weights(in_keras(case, prefix))
            variables.append((prefix, part.trainable_variables))
        made.append(layer)
        width = case.hidden * len(prefixes)
    return variables, lambda tensors: stacked(case, made, tensors)


def layer_of(case):
    reverse = case.directions == "reverse"
    layer = CELLS[case.kind](
        case.hidden,
        return_sequences=True,
        return_state=True,
        go_backwards=reverse,
        **OPTIONS.get(case.kind, {}),
    )
    if case.directions == "bidirectional":
        return layers.Bidirectional(layer)
    return layer


def stacked(case, made, tensors):
    """Outputs and last states of the layers, one upon the other."""
    x, last = tensors["x"], []
    mask = None
    if case.lengths is not None:
        mask = ops.convert_to_tensor(case.mask)
    count = len(case.prefixes[0])
    for number, layer in enumerate(made):
        rows = range(number * count, number * count + count)
        names = case.initial_state or ()
        state = [tensors[f"initial.{n}"][row] for row in rows for n in names]
        x, *states = layer(x, mask=mask, initial_state=state or None)
        x = ops.flip(x, axis=1) if case.directions == "reverse" else x
        last += states
    outputs, each = {"outputs": x}, len(states) // count  # h, or h and c
    for place, name in enumerate("hc"[:each]):
        outputs[name] = ops.stack(last[place::each])
    return outputs


def in_keras(case, prefix):
    """Kernel, recurrent kernel and bias; a GRU's gates are z r h."""
    arrays = {
        n: reordered(case, case.arrays[prefix + n])
        for n in ("w_ih", "w_hh", "b_ih", "b_hh")
        if prefix + n in case.arrays
    }
    bias = arrays["b_ih"].copy()
    bias[case.hidden : 2 * case.hidden] += case.forget_bias
    if "b_hh" in arrays:
        bias = np.stack([bias, arrays["b_hh"]])
    return [arrays["w_ih"], arrays["w_hh"], bias]


def canonical(case, prefix, gradients):
    """Gradients of a layer's variables by the names of the case."""
    if prefix.startswith("attention."):
        return {prefix: gradients[0][:, None]}
    kernel, recurrent_kernel, bias = gradients
    biases = bias if bias.ndim == 2 else [bias]
    found = dict(zip(("b_ih", "b_hh"), biases))
    found |= {"w_ih": kernel, "w_hh": recurrent_kernel}
    return {prefix + n: reordered(case, a) for n, a in found.items()}


def reordered(case, a):
    """Blocks r z n of a GRU as z r h, and back."""
    if CELLS[case.kind] is not layers.GRU:
        return a
    r, z, n = np.split(a, 3, axis=-1)
    return np.concatenate([z, r, n], axis=-1)
