"""A sequence in, the same sequence back through one vector."""

import keras
from keras import layers, ops

from keras_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import (
    autoencoder_decoder_spec,
    autoencoder_encoder_spec,
)


class Half(layers.Layer):
    """Recurrent layers, of the encoder or of the decoder."""

    def __init__(self, spec: ModelSpec, name: str):
        super().__init__(name=name)
        self.recurrent = RECURRENT[spec.layers](spec)

    def call(self, x, lengths=None, training=None):
        """Read whole sequences: (B, T, H'), last (B, H')."""
        return self.recurrent(x, lengths, training=training)


class Autoencoder(keras.Model):
    """Many-to-many reconstruction: (B, T, D) -> (B, T, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name=spec.model)
        self.spec = spec
        self.encoder = Half(autoencoder_encoder_spec(spec), "encoder")
        self.dropout = layers.Dropout(spec.dropout)
        self.decoder = Half(autoencoder_decoder_spec(spec), "decoder")
        self.head = layers.Dense(spec.output_size, name="head")

    def call(self, inputs, training=None):
        """Unfold at every step what the last state holds."""
        x, lengths = inputs
        _, last = self.encoder(x, lengths, training=training)  # (B, H')
        code = self.dropout(last, training=training)
        copies = ops.expand_dims(code, 1)  # (B, 1, H')
        copies = ops.repeat(copies, ops.shape(x)[1], axis=1)  # (B, T, H')
        outputs, _ = self.decoder(copies, training=training)  # (B, T, H)
        return self.head(outputs)  # (B, T, K)
