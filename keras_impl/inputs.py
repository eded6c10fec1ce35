"""Input layers: from values or indices to the vectors of each step."""

from keras import layers, ops

from keras_impl.pooling import final_hidden
from keras_impl.recurrent import RECURRENT
from shared.specs import ModelSpec


class Values(layers.Layer):
    """Real-valued features, unchanged: (B, T, D) -> (B, T, D)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name="input")

    def call(self, x):
        """The features."""
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
    """Embedding: indices (B, T) -> (B, T, E); padding has no gradient."""

    # On PyTorch a model clears the gradients of its weights by path: two need
    # two names.
    def __init__(self, spec: ModelSpec, name: str | None = None):
        super().__init__(name=name)
        padding = spec.padding_index
        self.padding = -1 if padding is None else padding
        shape = (spec.input_size, spec.embedding_size)
        self.table = self.add_weight(shape, "uniform", name="table")

    def call(self, x):
        """Look each index up."""
        # Not `layers.Embedding`: on TensorFlow its gradient is a list of
        # rows, and Keras squares the rows of an index one by one, so that
        # norms and second moments are wrong. That of a product is dense.
        learns = ops.arange(self.table.shape[0]) != self.padding  # (V,)
        learns = ops.cast(ops.expand_dims(learns, -1), self.compute_dtype)
        return ops.take(self.table * learns, x, axis=0)  # (B, T, E)


class Characters(layers.Layer):
    """A bidirectional RNN over each word: (B, T, C) -> (B, T, 2H)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name="characters")
        self.input_layer = Embedding(spec)
        self.recurrent = RECURRENT[spec.impl](spec)

    def call(self, x):
        """The final hidden states of each word's characters."""
        batch, time, count = ops.shape(x)
        words = ops.reshape(x, (-1, count))  # (B·T, C)
        lengths = ops.sum(ops.cast(words > 0, "int32"), axis=1)
        lengths = ops.maximum(lengths, 1)
        outputs, state = self.recurrent(self.input_layer(words), lengths)
        hidden = final_hidden(outputs, state, lengths, bidirectional=True)
        return ops.reshape(hidden, (batch, time, hidden.shape[-1]))


INPUTS = {"values": Values, "onehot": OneHot, "embedding": Embedding}
