"""Recurrent layers as the framework offers them."""

from typing import Any

import jax
import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.bptt import BpttRecurrent
from jax_impl.cells import LAYERS
from jax_impl.device import CURRENT
from jax_impl.scratch import ScratchRecurrent
from shared.specs import GATES, STATE_NAMES, WEIGHT_NAMES, ModelSpec
from shared.weights.layout import last_size

State = list[Any]  # a carry of each layer: h or (c, h), or one per direction


class Recurrent(nnx.Module):
    """Stacked native layers: (B, T, D) -> (B, T, H'), state."""

    def __init__(self, spec: ModelSpec, size: int, rngs: nnx.Rngs):
        self.cell, self.hidden = spec.cell, spec.hidden_size
        self.bidirectional = spec.bidirectional
        self.layers = nnx.List()
        for _ in range(spec.num_layers):
            self.layers.append(build_layer(spec, size, rngs))
            size = last_size(spec)
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)

    def __call__(
        self,
        x: Array,
        lengths: Array | None = None,
        state: State | None = None,
    ) -> tuple[Array, State | None]:
        """Outputs (B, T, H') and the state after the last step."""
        state, after = state or self.initial_state(len(x)), []
        for layer, carry in zip(self.layers, state):
            if lengths is None:
                carry, outputs = layer(
                    x, initial_carry=carry, return_carry=True
                )
                after.append(carry)
            else:  # nnx.RNN would stack all carries to return the last
                outputs = layer(x, initial_carry=carry, seq_lengths=lengths)
            x = self.dropout(outputs)  # (B, T, H')
        return outputs, after or None

    def initial_state(self, batch: int) -> State:
        """Zeros: the state of each layer and direction."""
        zeros = jnp.zeros((batch, self.hidden), CURRENT["dtype"])
        layer_state = (zeros,) * len(STATE_NAMES[self.cell])
        (carry,) = self.state_from([layer_state])
        return [(carry, carry) if self.bidirectional else carry] * len(
            self.layers
        )

    def state_from(self, layer_states: list[tuple]) -> State:
        """The state of one direction from (h,) or (h, c) of each layer."""
        return [(*c, h) if c else h for h, *c in layer_states]

    def select_rows(self, state: State, rows: Array) -> State:
        """The state of some rows of the batch: (B, H) -> (R, H)."""
        return jax.tree.map(lambda part: part[rows], state)


def build_layer(spec: ModelSpec, size: int, rngs: nnx.Rngs) -> nnx.Module:
    """One layer in one or both directions: (B, T, D) -> (B, T, H')."""
    # NNX has no stacked layer, and no flag that makes one bidirectional.
    forward = nnx.RNN(build_cell(spec, size, rngs), rngs=False)
    if not spec.bidirectional:
        return forward
    backward = nnx.RNN(build_cell(spec, size, rngs), rngs=False)
    return nnx.Bidirectional(forward, backward, rngs=False)


def build_cell(spec: ModelSpec, size: int, rngs: nnx.Rngs) -> nnx.Module:
    """One cell; a matched GRU has the recurrent bias nnx.GRUCell lacks."""
    hidden = spec.hidden_size
    cell = LAYERS[spec.cell](size, hidden, rngs=rngs)
    if spec.init == "matched" and "b_hh" in WEIGHT_NAMES[spec.cell]:
        columns = GATES[spec.cell] * hidden
        cell.dense_h = nnx.Linear(hidden, columns, rngs=rngs)
    return cell


RECURRENT = {
    "native": Recurrent,
    "scratch": ScratchRecurrent,
    "bptt": BpttRecurrent,
}
