"""Language models: of the next token, or of the next frame of music."""

from typing import Any

import keras
from keras import layers, ops

from keras_impl.inputs import INPUTS
from keras_impl.recurrent import RECURRENT, State
from shared.specs import ModelSpec


class LanguageModel(keras.Model):
    """Next token or frame: (B, T) or (B, T, D) -> logits (B, T, V)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name=spec.model)
        self.spec = spec
        self.input_layer = INPUTS[spec.input](spec)
        self.input_dropout = layers.Dropout(spec.input_dropout)
        self.recurrent = RECURRENT[spec.impl](spec)
        self.dropout = layers.Dropout(spec.dropout)
        self.head = HEADS[spec.tie_weights](spec.output_size, name="head")

    def features(self, x):
        """The recurrent layers' inputs: (B, T) or (B, T, D) -> (B, T, D)."""
        return self.input_layer(x)

    def call(self, inputs: dict, training=None):
        """Logits of each step, from the initial state on."""
        return self.forward_from(inputs["x"], None)[0]

    def initial_state(self, batch: int) -> State:
        """The state before the first token."""
        return self.recurrent.initial_state(batch)

    def forward_from(self, x, state: State | None) -> tuple[Any, State]:
        """Logits (B, T, V) from a given state on, and the state after."""
        vectors = self.input_dropout(self.features(x))  # (B, T, D)
        outputs, state = self.recurrent(vectors, state=state)
        return self.logits(self.dropout(outputs)), state  # (B, T, H)

    def logits(self, outputs):
        """The output layer, tied to the embedding or not: (B, T, V)."""
        if self.spec.tie_weights:
            table = ops.transpose(self.input_layer.table)  # (E, V), E = H
            outputs = ops.matmul(outputs, table)
        return self.head(outputs)


class Bias(layers.Layer):
    """The bias of a head whose weights are the embedding's table."""

    # torch ties weights by one Parameter under two names; a layer of Keras
    # owns its weights.
    def __init__(self, outputs: int, name: str):
        super().__init__(name=name)
        self.bias = self.add_weight((outputs,), "zeros", name="bias")

    def call(self, x):
        """Add it to each step."""
        return x + self.bias  # (B, T, V)


HEADS = {False: layers.Dense, True: Bias}
