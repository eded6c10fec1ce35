"""A Keras training loop by hand, as the framework's tutorials write it."""

from collections.abc import Callable, Iterable, Iterator

import keras
from keras import layers

from shared.specs import ModelSpec, Split, TrainSpec

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
            inside = keras.ops.where(steps, read, -float("inf"))
            parts = (self.mean(read, mask=mask), self.highest(inside))
            read = keras.ops.concatenate(parts, axis=-1)
        return self.head(self.dropout(read, training=training))


def train(
    spec: ModelSpec,
    training: TrainSpec,
    batches: Callable[[int], Iterable[Split]],
    steps: int,
) -> Iterator[float]:
    """Train; yield the mean loss of each epoch."""
    model = Net(spec)
    rate = keras.optimizers.schedules.CosineDecay(
        training.learning_rate, steps * training.epochs
    )
    losses = {
        "squared_error": "mse",
        "cross_entropy": keras.losses.SparseCategoricalCrossentropy(
            from_logits=True
        ),
        "binary_cross_entropy": keras.losses.BinaryCrossentropy(
            from_logits=True
        ),
    }
    model.compile(
        optimizer=keras.optimizers.Adam(
            rate, global_clipnorm=training.clip_norm or None
        ),
        loss=losses[spec.loss],
    )
    for epoch in range(training.epochs):
        total = 0.0
        for x, y, _ in batches(epoch):
            total += model.train_on_batch(x, y)
        yield total / steps


def matrix_product(size: int) -> Callable[[], object]:
    """A function that multiplies two (size, size) matrices and waits."""
    a = keras.random.normal((size, size))

    def multiply():
        # One number of it: a copy to numpy would be timed with it.
        return float(keras.ops.matmul(a, a)[0, 0])

    return multiply
