"""Recurrent layers as the framework offers them."""

from functools import partial

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

    def resume(self, x, state: list, training=None):
        """Read on, one way, from a state: (B, T, H) and the state after."""
        after, parts = [], len(state) // len(self.layers)
        for layer, dropout in zip(self.layers, self.dropouts):
            before = state[len(after) : len(after) + parts]
            outputs, *last = layer(x, initial_state=before)
            after += last
            x = dropout(outputs, training=training)  # (B, T, H)
        return outputs, after


def final_state(layer: layers.Layer, state: list):
    """The top layer's last h of each direction, joined: (B, H')."""
    if not isinstance(layer, layers.Bidirectional):
        return state[0]  # (B, H)
    backward = len(state) // 2  # h, or h and c, of each direction
    return ops.concatenate([state[0], state[backward]], axis=-1)


RECURRENT = {"native": Recurrent, "scratch": ScratchRecurrent}
