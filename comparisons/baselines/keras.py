"""A Keras training loop by hand, as the framework's tutorials write it."""

from collections.abc import Callable, Iterable, Iterator

import keras
from keras import layers

from shared.specs import ModelSpec, Split, TrainSpec

LAYERS = {"rnn": layers.SimpleRNN, "gru": layers.GRU, "lstm": layers.LSTM}


class Net(keras.Model):
    """Embedding if there are indices, one recurrent layer, one output."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.table = None
        if spec.input == "embedding":
            self.table = layers.Embedding(
                spec.input_size, spec.embedding_size, mask_zero=True
            )
        self.rnn = LAYERS[spec.cell](spec.hidden_size)
        if spec.bidirectional:
            self.rnn = layers.Bidirectional(self.rnn)
        self.dropout = layers.Dropout(spec.dropout)
        self.head = layers.Dense(spec.output_size)

    def call(self, x, training=None):
        """Outputs (B, K) from the last state."""
        last = self.rnn(x if self.table is None else self.table(x))
        return self.head(self.dropout(last, training=training))


def train(
    spec: ModelSpec,
    training: TrainSpec,
    batches: Callable[[int], Iterable[Split]],
    steps: int,
) -> Iterator[float]:
    """Train epoch by epoch; yield each epoch's mean loss when it is done."""
    model = Net(spec)
    rate = keras.optimizers.schedules.CosineDecay(
        training.learning_rate, steps * training.epochs
    )
    model.compile(
        optimizer=keras.optimizers.Adam(
            rate, global_clipnorm=training.clip_norm or None
        ),
        loss="mse"
        if spec.model == "forecaster"
        else keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    for epoch in range(training.epochs):
        total = 0.0
        for x, y, _ in batches(epoch):
            total += model.train_on_batch(x, y)
        yield total / steps
