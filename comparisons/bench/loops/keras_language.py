"""A Keras language model by hand, as the framework's tutorials write it."""

from collections.abc import Callable, Iterable, Iterator

import keras
from keras import layers, ops

from shared.specs import ModelSpec, Split, TrainSpec

LAYERS = {"rnn": layers.SimpleRNN, "gru": layers.GRU, "lstm": layers.LSTM}


class Table(layers.Layer):
    """An embedding: indices (B, T) -> (B, T, E)."""

    # On TensorFlow the gradient of `layers.Embedding` is a list of rows, of
    # which Adam squares each by itself: that would be another training.
    def __init__(self, size: int, width: int):
        super().__init__()
        self.table = self.add_weight((size, width), "uniform")

    def call(self, x):
        """One-hot product, whose gradient is dense."""
        return ops.take(self.table * 1.0, x, axis=0)


def build(spec: ModelSpec, batch: int) -> keras.Model:
    x = keras.Input(batch_shape=(batch, None), dtype="int32")
    vectors = Table(spec.input_size, spec.embedding_size)(x)
    vectors = layers.Dropout(spec.input_dropout)(vectors)
    for _ in range(spec.num_layers):
        rnn = LAYERS[spec.cell](
            spec.hidden_size, return_sequences=True, stateful=True
        )
        vectors = layers.Dropout(spec.dropout)(rnn(vectors))
    return keras.Model(x, layers.Dense(spec.output_size)(vectors))


def train(
    spec: ModelSpec,
    training: TrainSpec,
    batches: Callable[[int], Iterable[Split]],
    steps: int,
) -> Iterator[float]:
    """Train; yield the mean loss of each epoch."""
    model = build(spec, training.batch_size)
    rate = keras.optimizers.schedules.CosineDecay(
        training.learning_rate, steps * training.epochs
    )
    model.compile(
        optimizer=keras.optimizers.Adam(
            rate, global_clipnorm=training.clip_norm or None
        ),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    for epoch in range(training.epochs):
        for layer in model.layers:
            if isinstance(layer, layers.RNN):
                layer.reset_states()
        total = 0.0
        for x, y, _ in batches(epoch):
            total += model.train_on_batch(x, y)
        yield total / steps
