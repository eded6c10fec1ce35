"""Recurrent layers as the framework offers them."""

from typing import Any

import jax
import jax.numpy as jnp
from flax import nnx
from jax import Array
from jax.experimental import rnn

from jax_impl.bptt import BpttRecurrent
from jax_impl.cells import LAYERS
from jax_impl.device import CURRENT
from jax_impl.scratch import ScratchRecurrent
from shared.errors import SpecError
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
    finish = {"cudnn": CudnnLayer}.get(CURRENT["library"], lambda layer: layer)
    forward = nnx.RNN(build_cell(spec, size, rngs), rngs=False)
    if not spec.bidirectional:
        return finish(forward)
    backward = nnx.RNN(build_cell(spec, size, rngs), rngs=False)
    return finish(nnx.Bidirectional(forward, backward, rngs=False))


def build_cell(spec: ModelSpec, size: int, rngs: nnx.Rngs) -> nnx.Module:
    """One cell; a matched GRU has the recurrent bias nnx.GRUCell lacks."""
    hidden = spec.hidden_size
    cell = LAYERS[spec.cell](size, hidden, rngs=rngs)
    if spec.init == "matched" and "b_hh" in WEIGHT_NAMES[spec.cell]:
        columns = GATES[spec.cell] * hidden
        cell.dense_h = nnx.Linear(hidden, columns, rngs=rngs)
    return cell


# NNX calls no cuDNN; jax.experimental.rnn does for an LSTM, on a GPU.
class CudnnLayer(nnx.Module):
    """A layer of NNX as one call of cuDNN: (B, T, D) -> (B, T, H')."""

    def __init__(self, layer: nnx.RNN | nnx.Bidirectional):
        # Weights stay where the layer has them.
        self.both = isinstance(layer, nnx.Bidirectional)
        if self.both:
            self.forward_rnn, self.backward_rnn = (
                layer.forward_rnn,
                layer.backward_rnn,
            )
        else:
            self.cell = layer.cell
        for cell in self.cells():
            if not isinstance(cell, nnx.OptimizedLSTMCell):
                raise SpecError(
                    "jax-cudnn has the cell lstm alone: jax.experimental.rnn "
                    "calls cuDNN for no other"
                )

    def cells(self) -> list[nnx.Module]:
        """The cell of each direction."""
        if not self.both:
            return [self.cell]
        return [self.forward_rnn.cell, self.backward_rnn.cell]

    def __call__(
        self,
        x: Array,
        initial_carry: Any,
        seq_lengths: Array | None = None,
        return_carry: bool = False,
    ) -> Any:
        """Outputs as of the layer, and the carry of each sequence's end."""
        batch, steps, size = x.shape
        if seq_lengths is None:
            seq_lengths = jnp.full(batch, steps)
        carries = initial_carry if self.both else [initial_carry]
        c, h = (jnp.stack(parts) for parts in zip(*carries))  # (1 or 2, B, H)
        outputs, h, c = rnn.lstm(
            *(x, h, c, self.packed_weights()),
            seq_lengths.astype(jnp.int32),
            input_size=size,
            hidden_size=h.shape[-1],
            num_layers=1,
            dropout=0.0,
            bidirectional=self.both,
        )
        after = tuple(zip(c, h))
        carry = after if self.both else after[0]
        return (carry, outputs) if return_carry else outputs

    def packed_weights(self) -> Array:
        """All weights as one vector: those of both directions, then biases."""
        # cuDNN has the gates in the order of NNX, i f g o, outputs before
        # inputs, and a second bias, which is zero.
        weights, biases = [], []
        for cell in self.cells():
            kernels = cell.dense_i.kernel, cell.dense_h.kernel
            weights += [kernel[...].T.ravel() for kernel in kernels]
            bias = cell.dense_h.bias[...]
            biases += [bias, jnp.zeros_like(bias)]
        return jnp.concatenate(weights + biases)


RECURRENT = {
    "native": Recurrent,
    "scratch": ScratchRecurrent,
    "bptt": BpttRecurrent,
}
