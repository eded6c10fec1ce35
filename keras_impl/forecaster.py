"""Regression of the next value from a window of values."""

import keras
from keras import layers

from keras_impl.recurrent import RECURRENT
from shared.specs import ModelSpec


class Forecaster(keras.Model):
    """Many-to-one regression: (B, T, D) -> (B, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name=spec.model)
        self.spec = spec
        self.recurrent = RECURRENT[spec.layers](spec)
        self.dropout = layers.Dropout(spec.dropout)
        self.head = layers.Dense(spec.output_size, name="head")

    def features(self, x):
        """What the recurrent layers read: the values (B, T, D)."""
        return x

    def call(self, inputs, training=None):
        """Forecast from the last state."""
        x, lengths = inputs
        # Keras tells a model that it trains; the model tells its layers.
        _, last = self.recurrent(x, lengths, training=training)  # (B, H')
        last = self.dropout(last, training=training)
        return self.head(last)  # (B, K)
