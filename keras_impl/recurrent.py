"""Recurrent layers as the framework offers them."""

from collections.abc import Callable
from functools import partial
from itertools import zip_longest

import numpy as np
from keras import layers, ops

from keras_impl.cells import ScratchRecurrent, mask_of
from shared.specs import ModelSpec

LAYERS = {
    "rnn": partial(layers.SimpleRNN, activation="tanh"),
    "rnn-relu": partial(layers.SimpleRNN, activation="relu"),
    "gru": partial(layers.GRU, reset_after=True),
    "lstm": layers.LSTM,
}


class Recurrent(layers.Layer):
    """Stacked native layers: (B, T, D) -> (B, T, H'), last (B, H')."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name="recurrent")
        self.layers, self.dropouts = [], []
        for number in range(spec.num_layers):
            layer = LAYERS[spec.cell](
                spec.hidden_size,
                return_sequences=True,
                return_state=True,
                name=f"layer_{number}",
            )
            if spec.bidirectional:
                layer = layers.Bidirectional(layer, name=f"both_{number}")
            self.layers.append(layer)
            self.dropouts.append(layers.Dropout(spec.dropout))

    def call(self, x, lengths=None, training=None):
        """Read whole sequences; `last` is each one's own last state."""
        mask = mask_of(x, lengths)
        for layer, dropout in zip(self.layers, self.dropouts):
            outputs, *state = layer(x, mask=mask)  # (B, T, H')
            x = dropout(outputs)
        return outputs, final_state(layer, state)

    def start(self, batch: int) -> list:
        """The state of each layer before the first step."""
        states = [layer.get_initial_state(batch) for layer in self.layers]
        return [part for state in states for part in state]

    def begin(self, states: list[tuple]) -> list:
        """The state made of each layer's own (h,) or (h, c), each (B, H)."""
        return [part for state in states for part in state]

    def resume(self, x, state: list, training=None):
        """Read on, one way, from a state: (B, T, H) and the state after."""
        after, parts = [], len(state) // len(self.layers)
        for layer, dropout in zip(self.layers, self.dropouts):
            before = state[len(after) : len(after) + parts]
            outputs, *last = layer(x, initial_state=before)
            after += last
            x = dropout(outputs, training=training)  # (B, T, H)
        return outputs, after

    def pick(self, state: list, rows) -> list:
        """The state of some rows of a batch (R,)."""
        return [ops.take(part, rows, axis=0) for part in state]

    def prepare(self, size: int) -> None:
        """Make the weights of layers that are to read (B, T, D)."""
        for layer in self.layers:
            layer.build((None, None, size))
            size = layer.units

    def masks(self, x, training) -> list:
        """What is dropped between layers over T steps: each (B, T, H)."""
        ones = ops.ones_like(x[..., :1])  # (B, T, 1)
        between = zip(self.dropouts[:-1], self.layers)
        return [
            dropout(ops.repeat(ones, layer.units, axis=-1), training=training)
            for dropout, layer in between
        ]

    def step(self, x, state: list, masks: list = ()):
        """Read one step (B, 1, D), without a loop: (B, 1, H), the state."""
        after, parts = [], len(state) // len(self.layers)
        for layer, mask in zip_longest(self.layers, masks):
            before = state[len(after) : len(after) + parts]
            outputs, last = layer.cell(x[:, 0], before)  # (B, H)
            after += last
            outputs = x = ops.expand_dims(outputs, 1)
            if mask is not None:
                x = outputs * ops.expand_dims(mask, 1)
        return outputs, after


def final_state(layer: layers.Layer, state: list):
    """The top layer's last h of each direction, joined: (B, H')."""
    if not isinstance(layer, layers.Bidirectional):
        return state[0]  # (B, H)
    backward = len(state) // 2  # h, or h and c, of each direction
    return ops.concatenate([state[0], state[backward]], axis=-1)


class Step(layers.Layer):
    """A function of inputs and states, as the cell that a loop repeats."""

    def __init__(self, function: Callable, states: list):
        super().__init__(name="step")
        self.function, self.built = function, True
        self.state_size = [state.shape[-1] for state in states]

    def call(self, inputs, states: list):
        """Take the step."""
        return self.function(inputs, states)


def over_time(function: Callable, inputs: list, states: list):
    """The outputs (B, T, ...) of a step of inputs (B, T, ...) and states."""
    # One tensor, as layers.RNN has it; dropout is drawn before the loop,
    # which on JAX must not change a variable.
    ends = np.cumsum([part.shape[-1] for part in inputs])[:-1].tolist()

    def step(joined, states: list):
        parts = ops.split(joined, ends, axis=-1) if ends else [joined]
        return function(parts, states)

    loop = layers.RNN(Step(step, states), return_sequences=True)
    return loop(ops.concatenate(inputs, axis=-1), initial_state=states)


RECURRENT = {"native": Recurrent, "scratch": ScratchRecurrent}
