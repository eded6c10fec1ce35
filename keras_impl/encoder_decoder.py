"""Encoder and decoder of a sequence-to-sequence model, and their bridge."""

from typing import Any

from keras import layers, ops

from keras_impl.inputs import Embedding
from keras_impl.recurrent import RECURRENT, State
from shared.specs import STATE_NAMES, ModelSpec


class EmbeddedRNN(layers.Layer):
    """Embedding and recurrent layers, of the encoder or of the decoder."""

    def __init__(self, spec: ModelSpec, name: str):
        super().__init__(name=name)
        self.input_layer = Embedding(spec)
        self.input_dropout = layers.Dropout(spec.input_dropout)
        self.recurrent = RECURRENT[spec.impl](spec)

    def embed(self, tokens):
        """Embeddings after dropout: (B, T) -> (B, T, E)."""
        return self.input_dropout(self.input_layer(tokens))

    def call(self, tokens, lengths=None) -> tuple[Any, State]:
        """Outputs (B, T, H') of tokens (B, T), and the state after."""
        return self.recurrent(self.embed(tokens), lengths)


class Bridge(layers.Layer):
    """From the encoder's final h (B, H) to the decoder's initial state."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name="bridge")
        self.names = STATE_NAMES[spec.cell]
        self.layers = [
            {
                name: layers.Dense(spec.hidden_size, name=f"{name}_{number}")
                for name in self.names
            }
            for number in range(spec.num_layers)
        ]

    def call(self, hidden) -> list[tuple]:
        """(h,) or (h, c) of each layer, each (B, H); h is bounded."""
        return [
            tuple(BOUNDS[name](layer[name](hidden)) for name in self.names)
            for layer in self.layers
        ]


BOUNDS = {"h": ops.tanh, "c": lambda value: value}
