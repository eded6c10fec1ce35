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
        self.recurrent = RECURRENT[spec.impl](spec)
        self.pool = POOLS[spec.pooling]
        self.dropout = layers.Dropout(spec.dropout)
        self.head = layers.Dense(spec.output_size, name="head")

    def features(self, x):
        """The recurrent layers' inputs: (B, T) or (B, T, D) -> (B, T, D)."""
        return self.input_layer(x)

    def call(self, inputs: dict, training=None):
        """Logits from the pooled outputs of all steps."""
        lengths = inputs.get("lengths")
        vectors = self.input_dropout(self.features(inputs["x"]))  # (B, T, D)
        outputs, state = self.recurrent(vectors, lengths)  # (B, T, H')
        pooled = self.pool(outputs, state, lengths, self.spec.bidirectional)
        return self.head(self.dropout(pooled))  # (B, P) -> (B, K)
