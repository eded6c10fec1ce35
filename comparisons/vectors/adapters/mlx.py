"""MLX on a CPU: nn.RNN, nn.GRU and nn.LSTM; they take no lengths."""

from importlib.metadata import version

import mlx.core as mx
import mlx.nn as nn
import numpy as np

mx.set_default_device(mx.cpu)
NAME, PRECISIONS = "MLX", ("float64", "float32", "bfloat16")
LAYERS = {
    "rnn-tanh": nn.RNN,
    "rnn-relu": lambda *sizes: nn.RNN(*sizes, nonlinearity=nn.relu),
    "gru-reset-after": nn.GRU,
    "lstm": nn.LSTM,
    "lstm-forget-bias": nn.LSTM,
}


def versions():
    return {"mlx": version("mlx")}


def run(case):
    """Outputs and gradients of a case."""
    if case.kind not in LAYERS:
        raise NotImplementedError("MLX has no such layer")
    if case.lengths is not None:
        raise NotImplementedError("recurrent layers of MLX take no lengths")
    dtype = getattr(mx, case.dtype)
    arrays = {n: mx.array(a, dtype) for n, a in case.arrays.items()}

    def loss(arrays):
        outputs = forward(case, arrays)
        value = case.loss(outputs, lambda a: mx.array(a, dtype), mx.sum)
        return value, outputs

    (value, outputs), gradients = mx.value_and_grad(loss)(arrays)
    outputs = outputs | {"loss": value}
    return in_numpy(outputs), in_numpy(gradients)


def in_numpy(arrays):
    return {n: np.array(a.astype(mx.float64)) for n, a in arrays.items()}


def forward(case, arrays):
    x, last, place = arrays["x"], [], 0
    for prefixes in case.prefixes:
        parts = []
        for prefix in prefixes:
            names = case.initial_state or ()
            state = [arrays[f"initial.{n}"][place] for n in names]
            given = x[:, ::-1] if "reverse" in prefix else x
            steps = layer(case, arrays, prefix, x.shape[2])(given, *state)
            steps = steps if isinstance(steps, tuple) else (steps,)
            last.append([one[:, -1] for one in steps])
            y = steps[0]
            parts.append(y[:, ::-1] if "reverse" in prefix else y)
            place += 1
        x = mx.concatenate(parts, axis=2)
    states = [mx.stack(one) for one in zip(*last)]
    return {"outputs": x, **dict(zip("hc", states))}


def layer(case, arrays, prefix, inputs):
    """A layer whose parameters are the arrays; names differ by kind."""
    made = LAYERS[case.kind](inputs, case.hidden)
    w_ih, w_hh, b = (arrays[prefix + n] for n in ("w_ih", "w_hh", "b_ih"))
    own = {"Wx": w_ih.T, "Wh": w_hh.T, "bias": b}
    if isinstance(made, nn.RNN):
        own = {"Wxh": w_ih.T, "Whh": w_hh.T, "bias": b}
    if isinstance(made, nn.GRU):
        b_r_z, b_n = mx.split(arrays[prefix + "b_hh"], [2 * case.hidden])
        zero = mx.zeros_like(b_n)
        own = {"Wx": w_ih.T, "Wh": w_hh.T, "bhn": b_n}
        own["b"] = b + mx.concatenate([b_r_z, zero])
    if case.forget_bias:
        forget = np.zeros(4 * case.hidden)
        forget[case.hidden : 2 * case.hidden] = case.forget_bias
        own["bias"] = b + mx.array(forget, b.dtype)
    made.update(own)
    return made
