"""What the layers from scratch compute at each step of given sequences."""

import keras
import numpy as np
from keras import ops

from keras_impl.cells import STATES, STEPS, gru_gates, lstm_gates
from keras_impl.device import CURRENT, to_device
from keras_impl.training import predict
from shared.specs import QUANTITIES
from shared.weights.layout import DIRECTIONS


def unroll(
    model: keras.Model, x: np.ndarray, lengths: np.ndarray | None
) -> dict[str, np.ndarray]:
    """Input, gates and states by canonical name (B, T, H), outputs (B, K)."""
    ends = np.full(len(x), x.shape[1]) if lengths is None else lengths
    inside = np.arange(x.shape[1]) < ends[:, None]  # (B, T)
    with keras.device(CURRENT["device"]):
        vectors = model.features(ops.convert_to_tensor(to_device(x)))
        found = {"input": ops.where(inside[..., None], vectors, 0.0)}
        for number, layer in enumerate(model.recurrent.layers):
            outputs = []
            for name, one in zip(DIRECTIONS[model.spec.bidirectional], layer):
                steps = unroll_layer(one, vectors, inside)
                for quantity, values in steps.items():
                    found[f"rnn.{number}.{name}{quantity}"] = values
                outputs.append(steps["h"])
            vectors = ops.concatenate(outputs, -1)  # (B, T, H')
    arrays = {name: ops.convert_to_numpy(a) for name, a in found.items()}
    return arrays | {"outputs": predict(model, x, lengths)}


def unroll_layer(layer: keras.Layer, x, inside) -> dict:
    """Gates, 0 past the end, and state of each step: (B, T, H) by name."""
    cell = layer.loop.cell
    steps = ops.matmul(x, cell.w_ih) + cell.b_ih  # (B, T, G·H)
    batch, time, _ = steps.shape
    zeros = ops.zeros((batch, cell.hidden), steps.dtype)
    state = (zeros,) * STATES[cell.cell]
    rows = [()] * time
    for t in reversed(range(time)) if layer.reverse else range(time):
        present = inside[:, t, None]  # (B, 1)
        weights = (cell.w_hh, cell.b_hh)
        gates = GATES[cell.cell](steps[:, t], state[0], *weights)
        new = STEPS[cell.cell](steps[:, t], state, *weights)
        state = tuple(ops.where(present, n, o) for n, o in zip(new, state))
        rows[t] = *(ops.where(present, g, zeros) for g in gates), *state
    columns = (ops.stack(column, 1) for column in zip(*rows))
    return dict(zip(QUANTITIES[cell.cell], columns))


def no_gates(x, h, w_hh, b_hh: None) -> tuple:
    """A simple cell has none."""
    return ()


GATES = {
    "rnn": no_gates,
    "rnn-relu": no_gates,
    "gru": gru_gates,
    "lstm": lstm_gates,
}
