"""Sequence labeling: a tag for each word of a sentence."""

import keras
from keras import layers, ops

from keras_impl.crf import CRF
from keras_impl.inputs import INPUTS, Characters, Embedding
from keras_impl.recurrent import RECURRENT
from shared.specs import ModelSpec
from shared.weights.layout import char_column, char_spec, shape_spec


class Tagger(keras.Model):
    """Many-to-many labels: words (B, T, 1 + C) -> logits (B, T, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name=spec.model)
        self.spec = spec
        self.input_layer = INPUTS[spec.input](spec)
        self.shapes = (
            Embedding(shape_spec(spec), "shapes") if spec.shape_size else None
        )
        self.characters = (
            Characters(char_spec(spec)) if spec.char_encoder else None
        )
        self.input_dropout = layers.Dropout(spec.input_dropout)
        self.recurrent = RECURRENT[spec.impl](spec)
        self.dropout = layers.Dropout(spec.dropout)
        self.head = layers.Dense(spec.output_size, name="head")
        self.crf = CRF(spec) if spec.crf else None

    def features(self, x):
        """Vectors of word, shape, characters: (B, T, 1 + C) -> (B, T, D)."""
        vectors = [self.input_layer(x[..., 0])]  # (B, T, E)
        if self.shapes is not None:
            vectors.append(self.shapes(x[..., 1]))
        if self.characters is not None:
            spelling = x[..., char_column(self.spec) :]  # (B, T, C)
            vectors.append(self.characters(spelling))  # (B, T, 2H)
        return ops.concatenate(vectors, axis=-1)

    def call(self, inputs: dict, training=None):
        """Logits of each step from the outputs of all directions."""
        vectors = self.input_dropout(self.features(inputs["x"]))  # (B, T, D)
        outputs, _ = self.recurrent(vectors, inputs.get("lengths"))
        return self.head(self.dropout(outputs))  # (B, T, K)
