"""Video: what moves in the frames, in which direction, and where to."""

import keras
from keras import layers

from keras_impl.frame_encoder import FrameEncoder
from keras_impl.recurrent import RECURRENT
from shared.specs import ModelSpec


class VideoModel(keras.Model):
    """Three heads at each step, side by side: (B, T, D) -> (B, T, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name=spec.model)
        self.spec = spec
        self.input_layer = FrameEncoder(spec)
        self.recurrent = RECURRENT[spec.impl](spec)
        self.dropout = layers.Dropout(spec.dropout)
        self.head = layers.Dense(spec.output_size, name="head")

    def features(self, x):
        """The recurrent layers' inputs: (B, T, D) -> (B, T, E)."""
        return self.input_layer(x)

    def call(self, inputs: dict, training=None):
        """Outputs of each step from the frames up to it."""
        vectors = self.features(inputs["x"])  # (B, T, E)
        outputs, _ = self.recurrent(vectors, inputs.get("lengths"))
        return self.head(self.dropout(outputs))  # (B, T, K)
