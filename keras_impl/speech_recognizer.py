"""Speech recognition: the labels of frames that are not aligned."""

import keras
from keras import layers

from keras_impl.inputs import INPUTS
from keras_impl.recurrent import RECURRENT
from shared.specs import ModelSpec


class SpeechRecognizer(keras.Model):
    """Labels of unaligned frames: (B, T, D) -> logits (B, T, K), 0: blank."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name=spec.model)
        self.spec = spec
        self.input_layer = INPUTS[spec.input](spec)
        self.input_dropout = layers.Dropout(spec.input_dropout)
        self.recurrent = RECURRENT[spec.impl](spec)
        self.dropout = layers.Dropout(spec.dropout)
        self.head = layers.Dense(spec.output_size, name="head")

    def features(self, x):
        """The recurrent layers' inputs: the frames (B, T, D)."""
        return self.input_layer(x)

    def call(self, inputs: dict, training=None):
        """Logits of each frame from the outputs of all directions."""
        vectors = self.input_dropout(self.features(inputs["x"]))  # (B, T, D)
        outputs, _ = self.recurrent(vectors, inputs.get("lengths"))
        return self.head(self.dropout(outputs))  # (B, T, K)
