"""Classification of sequences."""

import keras
from keras import layers

from keras_impl.inputs import INPUTS
from keras_impl.pooling import POOLS
from keras_impl.recurrent import RECURRENT
from shared.specs import ModelSpec


class Classifier(keras.Model):
    """Sequence classification: (B, T) or (B, T, D) -> logits (B, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name=spec.model)
        self.spec = spec
        self.input_layer = INPUTS[spec.input](spec)
        self.input_dropout = layers.Dropout(spec.input_dropout)
        self.recurrent = RECURRENT[spec.layers](spec)
        self.pool = POOLS[spec.pooling]
        self.dropout = layers.Dropout(spec.dropout)
        self.head = layers.Dense(spec.output_size, name="head")

    def features(self, x):
        """What the recurrent layers read: (B, T, D), also of indices."""
        return self.input_layer(x)

    def call(self, inputs, training=None):
        """Classify by what is pooled of all steps."""
        x, lengths = inputs
        vectors = self.features(x)  # (B, T, D)
        # Keras tells a model that it trains; the model tells its layers.
        vectors = self.input_dropout(vectors, training=training)
        outputs, last = self.recurrent(vectors, lengths, training=training)
        pooled = self.pool(outputs, last, lengths)  # (B, P)
        return self.head(self.dropout(pooled, training=training))  # (B, K)
