"""A Keras model by hand that reads whole sequences."""

from collections.abc import Callable
from functools import partial

import keras
from keras import layers

from comparisons.bench.loops.keras_loops import run
from shared.specs import ModelSpec

LAYERS = {"rnn": layers.SimpleRNN, "gru": layers.GRU, "lstm": layers.LSTM}


class Net(keras.Model):
    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.table = None
        if spec.input == "embedding":
            self.table = layers.Embedding(
                spec.input_size, spec.embedding_size, mask_zero=True
            )
        self.pooled = spec.pooling == "mean+max"
        self.rnn = LAYERS[spec.cell](
            spec.hidden_size, return_sequences=self.pooled
        )
        if spec.bidirectional:
            self.rnn = layers.Bidirectional(self.rnn)
        self.input_dropout = layers.Dropout(spec.input_dropout)
        self.dropout = layers.Dropout(spec.dropout)
        self.highest = layers.GlobalMaxPooling1D()
        self.mean = layers.GlobalAveragePooling1D()
        self.head = layers.Dense(spec.output_size)

    def call(self, x, training=None):
        """Outputs (B, K) from the last state, or from all steps."""
        if self.table is None:
            return self.head(self.dropout(self.rnn(x), training=training))
        mask = self.table.compute_mask(x)
        x = self.input_dropout(self.table(x), training=training)
        read = self.rnn(x, mask=mask)
        if self.pooled:
            steps = keras.ops.expand_dims(mask, -1)
            masked = keras.ops.where(steps, read, -float("inf"))
            parts = (self.mean(read, mask=mask), self.highest(masked))
            read = keras.ops.concatenate(parts, axis=-1)
        return self.head(self.dropout(read, training=training))


train = partial(run, lambda spec, batch_size: Net(spec))


def matrix_product(size: int) -> Callable[[], object]:
    """A function that multiplies two (size, size) matrices and waits."""
    a = keras.random.normal((size, size))
    # One number of it: a copy to numpy would be timed with it.
    return lambda: float(keras.ops.matmul(a, a)[0, 0])
