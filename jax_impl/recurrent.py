"""Recurrent layers as the framework offers them."""

from functools import partial

import jax
import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.cells import ScratchRecurrent
from jax_impl.device import CURRENT
from shared.specs import ModelSpec
from shared.weights.layout import last_size

LAYERS = {
    "rnn": partial(nnx.SimpleCell, activation_fn=nnx.tanh),
    "rnn-relu": partial(nnx.SimpleCell, activation_fn=nnx.relu),
    "gru": nnx.GRUCell,
    "lstm": nnx.OptimizedLSTMCell,
}


class Recurrent(nnx.Module):
    """Stacked native layers: (B, T, D) -> (B, T, H'), last (B, H')."""

    def __init__(self, spec: ModelSpec, size: int, rngs: nnx.Rngs):
        self.hidden = spec.hidden_size
        self.layers = nnx.List()
        for _ in range(spec.num_layers):
            self.layers.append(build_layer(spec, size, rngs))
            size = last_size(spec)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)

    def __call__(self, x: Array, lengths: Array | None):
        """Read whole sequences; `last` is each one's own last state."""
        # The first carry is zeros, but a cell asks for rngs to draw it.
        rngs = nnx.Rngs(0)
        for layer in self.layers:
            outputs = layer(x, seq_lengths=lengths, rngs=rngs)
            x = self.dropout(outputs)  # (B, T, H')
        last = final_state(outputs, lengths, self.hidden)
        return outputs, last

    def start(self, batch: int) -> list:
        """The state of each layer before the first step."""
        rngs, shape = nnx.Rngs(0), (batch, self.hidden)
        return [r.cell.initialize_carry(shape, rngs) for r in self.layers]

    def begin(self, states: list[tuple]) -> list:
        """The state made of each layer's own (h,) or (h, c), each (B, H)."""
        return [CARRIES[len(state)](*state) for state in states]

    def resume(self, x: Array, state: list):
        """Read on, one way, from a state: (B, T, H) and the state after."""
        after = []
        for layer, carry in zip(self.layers, state):
            carry, outputs = layer(x, initial_carry=carry, return_carry=True)
            after.append(carry)
            x = self.dropout(outputs)  # (B, T, H)
        return outputs, after

    def pick(self, state: list, rows: Array) -> list:
        """The state of some rows of a batch (R,)."""
        return jax.tree.map(lambda part: part[rows], state)


CARRIES = {1: lambda h: h, 2: lambda h, c: (c, h)}
"""Parts of a state -> the carry that NNX makes of them."""


def final_state(outputs: Array, lengths: Array | None, hidden: int) -> Array:
    """The top layer's last h of each direction, joined: (B, H')."""
    if lengths is None:
        last = outputs[:, -1]  # (B, H')
    else:
        last = outputs[jnp.arange(len(outputs)), lengths - 1]  # (B, H')
    backward = outputs[:, 0, hidden:]  # (B, H), or (B, 0) in one direction
    return jnp.concatenate((last[:, :hidden], backward), axis=-1)


def build_layer(spec: ModelSpec, size: int, rngs: nnx.Rngs) -> nnx.Module:
    """One layer in one or both directions: (B, T, D) -> (B, T, H')."""
    forward = nnx.RNN(build_cell(spec, size, rngs), rngs=False)
    if not spec.bidirectional:
        return forward
    backward = nnx.RNN(build_cell(spec, size, rngs), rngs=False)
    return nnx.Bidirectional(forward, backward, rngs=False)


def build_cell(spec: ModelSpec, size: int, rngs: nnx.Rngs) -> nnx.Module:
    """One cell; a matched GRU has the recurrent bias nnx.GRUCell lacks."""
    hidden, types = spec.hidden_size, CURRENT["types"]
    cell = LAYERS[spec.cell](size, hidden, **types, rngs=rngs)
    if spec.init == "matched" and spec.cell == "gru":
        cell.dense_h = nnx.Linear(hidden, 3 * hidden, **types, rngs=rngs)
    return cell


RECURRENT = {"native": Recurrent, "scratch": ScratchRecurrent}
