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
        self.head = layers.Dense(spec.output_size, name="head")

    def call(self, inputs, training=None):
        """Forecast from the last state."""
        # Keras hands `training` down to the layers if it is asked for here.
        x, lengths = inputs
        _, last = self.recurrent(x, lengths)  # (B, H')
        return self.head(last)  # (B, K)
