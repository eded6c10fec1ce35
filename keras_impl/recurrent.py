"""Recurrent layers as the framework offers them."""

from typing import Any

import keras
from keras import layers

from keras_impl.bptt import BpttRecurrent
from keras_impl.cells import LAYERS
from keras_impl.scratch import ScratchRecurrent, sequence_mask
from shared.specs import ModelSpec

State = list[tuple[Any, ...]]


class Recurrent(layers.Layer):
    """Stacked native layers: (B, T, D) -> (B, T, H'), state."""

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

    def call(self, x, lengths=None, state=None) -> tuple[Any, State]:
        """Outputs (B, T, H') and the state after the last step."""
        mask = sequence_mask(x, lengths)
        state, after = state or [None] * len(self.layers), []
        for layer, before, dropout in zip(self.layers, state, self.dropouts):
            outputs, *last = layer(x, initial_state=before, mask=mask)
            after.append(tuple(last))
            x = dropout(outputs)  # (B, T, H')
        return outputs, after

    def initial_state(self, batch: int) -> State:
        """Zeros: the state of each layer and direction."""
        return [tuple(layer.get_initial_state(batch)) for layer in self.layers]

    def state_from(self, layer_states: list[tuple]) -> State:
        """The state of one direction from (h,) or (h, c) of each layer."""
        return layer_states

    def select_rows(self, state: State, rows) -> State:
        """The state of some rows of the batch: (B, H) -> (R, H)."""
        return keras.tree.map_structure(lambda part: part[rows], state)

    # A loop of layers.RNN over several layers at once calls their cells.
    def step(self, x, state: State, masks: list) -> tuple[Any, State]:
        """One step: x (B, D) -> outputs (B, H), state; dropout by masks."""
        after, masks = [], [*masks, None]
        for layer, before, mask in zip(self.layers, state, masks):
            outputs, last = layer.cell(x, list(before))
            after.append(tuple(last))
            x = outputs if mask is None else outputs * mask
        return outputs, after


RECURRENT = {
    "native": Recurrent,
    "scratch": ScratchRecurrent,
    "bptt": BpttRecurrent,
}
