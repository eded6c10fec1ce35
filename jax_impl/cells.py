"""Recurrent layers from scratch: one time step, then the loop over time."""

from functools import partial

import jax
import jax.numpy as jnp
from flax import nnx
from jax import Array, lax

from jax_impl.device import CURRENT
from shared.specs import GATES, ModelSpec


def rnn_step(x: Array, state: tuple, w_hh: Array, b_hh: None) -> tuple:
    """h' = tanh(W x + b + U h): x (B, H), state (h,) -> state."""
    (h,) = state
    return (jnp.tanh(x + h @ w_hh),)  # (B, H)


def rnn_relu_step(x: Array, state: tuple, w_hh: Array, b_hh: None) -> tuple:
    """h' = relu(W x + b + U h): x (B, H), state (h,) -> state."""
    (h,) = state
    return (nnx.relu(x + h @ w_hh),)  # (B, H)


def gru_gates(x: Array, h: Array, w_hh: Array, b_hh: Array) -> tuple:
    """n sees r * (U h + b_h): x (B, 3H), h (B, H) -> r, z, n."""
    x_r, x_z, x_n = jnp.split(x, 3, axis=-1)  # each (B, H)
    h_r, h_z, h_n = jnp.split(h @ w_hh + b_hh, 3, axis=-1)  # each (B, H)
    r = nnx.sigmoid(x_r + h_r)
    z = nnx.sigmoid(x_z + h_z)
    n = jnp.tanh(x_n + r * h_n)
    return r, z, n  # each (B, H)


def gru_step(x: Array, state: tuple, w_hh: Array, b_hh: Array) -> tuple:
    """h' = (1 - z) n + z h: x (B, 3H), state (h,) -> state."""
    (h,) = state
    _, z, n = gru_gates(x, h, w_hh, b_hh)
    return ((1 - z) * n + z * h,)  # (B, H)


def lstm_gates(x: Array, h: Array, w_hh: Array, b_hh: None) -> tuple:
    """σ (g: tanh) of W x + b + U h: x (B, 4H), h (B, H) -> i, f, g, o."""
    i, f, g, o = jnp.split(x + h @ w_hh, 4, axis=-1)  # each (B, H)
    return nnx.sigmoid(i), nnx.sigmoid(f), jnp.tanh(g), nnx.sigmoid(o)


def lstm_step(x: Array, state: tuple, w_hh: Array, b_hh: None) -> tuple:
    """c' = f c + i g, h' = o tanh(c'): x (B, 4H), (h, c) -> (h, c)."""
    h, c = state
    i, f, g, o = lstm_gates(x, h, w_hh, b_hh)
    c = f * c + i * g
    h = o * jnp.tanh(c)
    return h, c  # each (B, H)


STEPS = {
    "rnn": rnn_step,
    "rnn-relu": rnn_relu_step,
    "gru": gru_step,
    "lstm": lstm_step,
}
STATES = {"rnn": 1, "rnn-relu": 1, "gru": 1, "lstm": 2}


class ScratchLayer(nnx.Module):
    """One layer, one direction: (B, T, D) -> (B, T, H), last state."""

    def __init__(
        self,
        cell: str,
        size: int,
        hidden: int,
        reverse: bool,
        rngs: nnx.Rngs,
    ):
        self.cell, self.hidden, self.reverse = cell, hidden, reverse
        columns = GATES[cell] * hidden
        draw = partial(
            jax.random.uniform,
            dtype=CURRENT["types"]["param_dtype"],
            minval=-(hidden**-0.5),
            maxval=hidden**-0.5,
        )
        self.w_ih = nnx.Param(draw(rngs(), (size, columns)))
        self.w_hh = nnx.Param(draw(rngs(), (hidden, columns)))
        self.b_ih = nnx.Param(draw(rngs(), (columns,)))
        self.b_hh = (
            nnx.Param(draw(rngs(), (columns,))) if cell == "gru" else None
        )

    def start(self, batch: int) -> tuple:
        """The state before the first step: (h,) or (h, c), each (B, H)."""
        zeros = jnp.zeros((batch, self.hidden), self.w_hh.dtype)
        return (zeros,) * STATES[self.cell]

    def __call__(self, x: Array, lengths: Array | None, state: tuple):
        """Run over time; the state of a sequence freezes past its end."""
        steps = x @ self.w_ih + self.b_ih  # (B, T, G·H)
        time = steps.shape[1]

        def step(state: tuple, inputs: tuple) -> tuple[tuple, Array]:
            t, x = inputs
            new = STEPS[self.cell](x, state, self.w_hh, self.b_hh)
            state = new if lengths is None else freeze(t, lengths, new, state)
            return state, state[0]

        state, outputs = lax.scan(
            step,
            state,
            (jnp.arange(time), steps.swapaxes(0, 1)),  # (T,), (T, B, G·H)
            reverse=self.reverse,
        )
        return outputs.swapaxes(0, 1), state


def freeze(t: Array, lengths: Array, new: tuple, old: tuple) -> tuple:
    """The new state where step t is inside the sequence, else the old."""
    inside = (t < lengths)[:, None]  # (B, 1)
    return tuple(jnp.where(inside, n, o) for n, o in zip(new, old))


class ScratchRecurrent(nnx.Module):
    """Stacked layers from scratch: (B, T, D) -> (B, T, H'), last (B, H')."""

    def __init__(self, spec: ModelSpec, size: int, rngs: nnx.Rngs):
        self.dropout = nnx.Dropout(spec.dropout, rngs=rngs)
        directions = (False, True) if spec.bidirectional else (False,)
        self.layers = nnx.List()
        for _ in range(spec.num_layers):
            self.layers.append(
                nnx.List(
                    ScratchLayer(
                        spec.cell, size, spec.hidden_size, reverse, rngs
                    )
                    for reverse in directions
                )
            )
            size = spec.hidden_size * len(directions)

    def __call__(self, x: Array, lengths: Array | None):
        """Feed each layer's outputs, both directions joined, to the next."""
        for layer in self.layers:
            results = [way(x, lengths, way.start(len(x))) for way in layer]
            outputs, states = zip(*results)
            outputs = jnp.concatenate(outputs, axis=-1)  # (B, T, H')
            x = self.dropout(outputs)
        last = [state[0] for state in states]
        return outputs, jnp.concatenate(last, axis=-1)

    def start(self, batch: int) -> list:
        """The state of each layer before the first step."""
        return [layer.start(batch) for (layer,) in self.layers]

    def begin(self, states: list[tuple]) -> list:
        """The state made of each layer's own (h,) or (h, c), each (B, H)."""
        return states

    def resume(self, x: Array, state: list):
        """Read on, one way, from a state: (B, T, H) and the state after."""
        after = []
        for (layer,), before in zip(self.layers, state):
            outputs, last = layer(x, None, before)
            after.append(last)
            x = self.dropout(outputs)  # (B, T, H)
        return outputs, after

    def pick(self, state: list, rows: Array) -> list:
        """The state of some rows of a batch (R,)."""
        return jax.tree.map(lambda part: part[rows], state)
