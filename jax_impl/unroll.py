"""What the layers from scratch compute at each step of given sequences."""

import jax.numpy as jnp
import numpy as np
from flax import nnx
from jax import Array

from jax_impl.cells import STATES, STEPS, gru_gates, lstm_gates
from jax_impl.device import to_device
from jax_impl.training import predict
from shared.specs import QUANTITIES
from shared.weights.layout import DIRECTIONS


def unroll(
    model: nnx.Module, x: np.ndarray, lengths: np.ndarray | None
) -> dict[str, np.ndarray]:
    """Input, gates and states by canonical name (B, T, H), outputs (B, K)."""
    batch, time = x.shape[:2]
    vectors = model.features(to_device(x))  # (B, T, D)
    ends = np.full(batch, time) if lengths is None else lengths
    inside = np.arange(time) < ends[:, None]  # (B, T)
    found = {"input": jnp.where(inside[..., None], vectors, 0.0)}
    for number, layer in enumerate(model.recurrent.layers):
        outputs = []
        for name, one in zip(DIRECTIONS[model.spec.bidirectional], layer):
            steps = unroll_layer(one, vectors, inside)
            for quantity, values in steps.items():
                found[f"rnn.{number}.{name}{quantity}"] = values
            outputs.append(steps["h"])
        vectors = jnp.concatenate(outputs, -1)  # (B, T, H')
    arrays = {name: np.asarray(values) for name, values in found.items()}
    return arrays | {"outputs": predict(model, x, lengths)}


def unroll_layer(layer: nnx.Module, x: Array, inside: Array) -> dict:
    """Gates, 0 past the end, and state of each step: (B, T, H) by name."""
    steps = x @ layer.w_ih + layer.b_ih  # (B, T, G·H)
    batch, time, _ = steps.shape
    zeros = jnp.zeros((batch, layer.hidden), steps.dtype)
    state = (zeros,) * STATES[layer.cell]
    rows = [()] * time
    for t in reversed(range(time)) if layer.reverse else range(time):
        present = inside[:, t, None]  # (B, 1)
        weights = (layer.w_hh, layer.b_hh)
        gates = GATES[layer.cell](steps[:, t], state[0], *weights)
        new = STEPS[layer.cell](steps[:, t], state, *weights)
        state = tuple(jnp.where(present, n, o) for n, o in zip(new, state))
        rows[t] = *(jnp.where(present, g, 0.0) for g in gates), *state
    columns = (jnp.stack(column, 1) for column in zip(*rows))
    return dict(zip(QUANTITIES[layer.cell], columns))


def no_gates(x: Array, h: Array, w_hh: Array, b_hh: None) -> tuple:
    """A simple cell has none."""
    return ()


GATES = {
    "rnn": no_gates,
    "rnn-relu": no_gates,
    "gru": gru_gates,
    "lstm": lstm_gates,
}
