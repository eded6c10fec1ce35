"""Regression of the next value from a window of values."""

import keras
from keras import layers

from keras_impl.pooling import final_hidden
from keras_impl.recurrent import RECURRENT
from shared.specs import ModelSpec


class Forecaster(keras.Model):
    """Many-to-one regression: (B, T, D) -> (B, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name=spec.model)
        self.spec = spec
        self.recurrent = RECURRENT[spec.impl](spec)
        self.dropout = layers.Dropout(spec.dropout)
        self.head = layers.Dense(spec.output_size, name="head")

    def features(self, x):
        """The recurrent layers' inputs: the values (B, T, D)."""
        return x

    # `training` reaches every layer within by the call of the model.
    def call(self, inputs: dict, training=None):
        """Forecast from the final hidden state."""
        lengths = inputs.get("lengths")
        outputs, state = self.recurrent(inputs["x"], lengths)  # (B, T, H')
        last = final_hidden(outputs, state, lengths, self.spec.bidirectional)
        return self.head(self.dropout(last))  # (B, K)
