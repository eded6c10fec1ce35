"""Sequence autoencoder: a sequence reconstructed from one vector."""

from typing import Any

import keras
from keras import layers, ops

from keras_impl.pooling import final_hidden
from keras_impl.recurrent import RECURRENT, State
from shared.specs import ModelSpec
from shared.weights.layout import (
    autoencoder_decoder_spec,
    autoencoder_encoder_spec,
)


class StackedRNN(layers.Layer):
    """Recurrent layers, of the encoder or of the decoder."""

    def __init__(self, spec: ModelSpec, name: str):
        super().__init__(name=name)
        self.recurrent = RECURRENT[spec.impl](spec)

    def call(self, x, lengths=None) -> tuple[Any, State]:
        """Outputs of each step: (B, T, D) -> (B, T, H'), state."""
        return self.recurrent(x, lengths)


class Autoencoder(keras.Model):
    """Many-to-many reconstruction: (B, T, D) -> (B, T, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name=spec.model)
        self.spec = spec
        self.encoder = StackedRNN(autoencoder_encoder_spec(spec), "encoder")
        self.dropout = layers.Dropout(spec.dropout)
        self.decoder = StackedRNN(autoencoder_decoder_spec(spec), "decoder")
        self.head = layers.Dense(spec.output_size, name="head")

    def call(self, inputs: dict, training=None):
        """Every decoder step reads the encoder's final hidden state."""
        x, lengths = inputs["x"], inputs.get("lengths")
        outputs, state = self.encoder(x, lengths)  # (B, T, H')
        last = final_hidden(outputs, state, lengths, self.spec.bidirectional)
        copies = ops.expand_dims(self.dropout(last), 1)  # (B, 1, H')
        copies = ops.repeat(copies, ops.shape(x)[1], axis=1)  # (B, T, H')
        outputs, _ = self.decoder(copies)  # (B, T, H)
        return self.head(outputs)  # (B, T, K)
