"""Classification of sequences of indices."""

import keras
from keras import layers, ops

from keras_impl.recurrent import RECURRENT
from shared.specs import ModelSpec


class OneHot(layers.Layer):
    """One-hot vectors: indices (B, T) -> (B, T, V)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name="input")
        self.size = spec.input_size

    def call(self, x):
        """Encode each index."""
        return ops.one_hot(x, self.size, dtype=self.compute_dtype)


class Embedding(layers.Layer):
    """A learned table: indices (B, T) -> (B, T, E); padding never learns."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name="input")
        self.table = self.add_weight(
            shape=(spec.input_size, spec.embedding_size),
            initializer="uniform",
            name="table",
        )

    def call(self, x):
        """Look each index up."""
        # Not `layers.Embedding`: on TensorFlow its gradient is a list of
        # rows, and Keras squares the rows of an index one by one, so that
        # norms and second moments are wrong. That of a product is dense.
        learns = ops.arange(self.table.shape[0]) > 0  # (V,)
        learns = ops.cast(ops.expand_dims(learns, -1), self.compute_dtype)
        return ops.take(self.table * learns, x, axis=0)  # (B, T, E)


INPUTS = {"onehot": OneHot, "embedding": Embedding}


class Classifier(keras.Model):
    """Sequence classification: indices (B, T) -> logits (B, K)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name=spec.model)
        self.spec = spec
        self.input_layer = INPUTS[spec.input](spec)
        self.recurrent = RECURRENT[spec.layers](spec)
        self.dropout = layers.Dropout(spec.dropout)
        self.head = layers.Dense(spec.output_size, name="head")

    def call(self, inputs, training=None):
        """Classify by the last state."""
        x, lengths = inputs
        vectors = self.input_layer(x)  # (B, T, D)
        # Keras tells a model that it trains; the model tells its layers.
        _, last = self.recurrent(vectors, lengths, training=training)  # (B, H')
        last = self.dropout(last, training=training)
        return self.head(last)  # (B, K)
