"""How what is read becomes vectors."""

from keras import layers, ops

from keras_impl.recurrent import RECURRENT
from shared.specs import ModelSpec


class Values(layers.Layer):
    """Vectors already: (B, T, D) -> (B, T, D)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name="input")

    def call(self, x):
        """Take them as they are."""
        return x


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
        self.shape = (spec.input_size, spec.embedding_size)
        padding = spec.padding_index
        self.padding = -1 if padding is None else padding

    def build(self, shape: tuple):
        """Add the table."""
        self.table = self.add_weight(
            shape=self.shape, initializer="uniform", name="table"
        )

    def call(self, x):
        """Look each index up."""
        # Not `layers.Embedding`: on TensorFlow its gradient is a list of
        # rows, and Keras squares the rows of an index one by one, so that
        # norms and second moments are wrong. That of a product is dense.
        learns = ops.arange(self.table.shape[0]) != self.padding  # (V,)
        learns = ops.cast(ops.expand_dims(learns, -1), self.compute_dtype)
        return ops.take(self.table * learns, x, axis=0)  # (B, T, E)


class Characters(layers.Layer):
    """Each word read both ways: characters (B, T, C) -> (B, T, 2H)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name="characters")
        self.input_layer = Embedding(spec)
        self.recurrent = RECURRENT[spec.layers](spec)

    def call(self, x):
        """Take the last states of each word; past a sentence none counts."""
        batch, time, count = ops.shape(x)
        words = ops.reshape(x, (-1, count))  # (B·T, C)
        lengths = ops.sum(ops.cast(words > 0, "int32"), axis=1)
        lengths = ops.maximum(lengths, 1)
        _, last = self.recurrent(self.input_layer(words), lengths)
        return ops.reshape(last, (batch, time, last.shape[-1]))


INPUTS = {"values": Values, "onehot": OneHot, "embedding": Embedding}
