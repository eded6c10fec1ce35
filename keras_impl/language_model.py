"""What comes next in a text, or in a piece of music."""

import keras
from keras import layers, ops

from keras_impl.inputs import INPUTS
from keras_impl.recurrent import RECURRENT
from shared.specs import ModelSpec


class LanguageModel(keras.Model):
    """Next step at each one: (B, T) or (B, T, D) -> logits (B, T, V)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name=spec.model)
        self.spec = spec
        self.input_layer = INPUTS[spec.input](spec)
        self.input_dropout = layers.Dropout(spec.input_dropout)
        self.recurrent = RECURRENT[spec.layers](spec)
        self.recurrent.built = True  # `resume` builds what is in it
        self.dropout = layers.Dropout(spec.dropout)
        self.head = HEADS[spec.tie_weights](spec.output_size, name="head")

    def features(self, x):
        """What the recurrent layers read: (B, T, D), also of indices."""
        return self.input_layer(x)

    def call(self, inputs, training=None):
        """Read from the beginning; no step sees what comes after it."""
        x, _ = inputs
        state = self.start(ops.shape(x)[0])
        return self.resume(x, state, training=training)[0]

    def start(self, batch: int) -> list:
        """The state before the first symbol."""
        return self.recurrent.start(batch)

    def resume(self, x, state: list, training=None):
        """Read on from a state: logits (B, T, V) and the state after."""
        vectors = self.features(x)  # (B, T, D)
        vectors = self.input_dropout(vectors, training=training)
        outputs, state = self.recurrent.resume(vectors, state, training)
        outputs = self.dropout(outputs, training=training)  # (B, T, H)
        return self.logits(outputs), state

    def logits(self, outputs):
        """The head, or the table that is tied to it: (B, T, V)."""
        if self.spec.tie_weights:
            table = ops.transpose(self.input_layer.table)  # (E, V), E = H
            outputs = ops.matmul(outputs, table)
        return self.head(outputs)


class Bias(layers.Layer):
    """What a head has of its own when its weights are the table's."""

    def __init__(self, outputs: int, name: str):
        super().__init__(name=name)
        self.bias = self.add_weight((outputs,), "zeros", name="bias")

    def call(self, x):
        """Add it to each step."""
        return x + self.bias  # (B, T, V)


HEADS = {False: layers.Dense, True: Bias}
