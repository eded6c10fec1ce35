"""Keras trainings by hand: `Model.fit`, as its guides write it.

The guide is "Training & evaluation with the built-in methods", its section
on `PyDataset`, which takes the same batches as all others. The row
keras-train-on-batch is timed against a loop over `train_on_batch`.
"""

from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from threading import Semaphore, Thread

import keras
import numpy as np
from keras import layers

from shared.specs import ModelSpec, Split, TrainSpec

LAYERS = {"rnn": layers.SimpleRNN, "gru": layers.GRU, "lstm": layers.LSTM}

Batches = Callable[[int], Iterable[Split]]


class Net(keras.Model):
    """Embedding if there are indices, one recurrent layer, one output."""

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
    spec: ModelSpec, training: TrainSpec, batches: Batches, steps: int
) -> Iterator[float]:
    """Train epoch by epoch; yield each epoch's mean loss when it is done."""
    losses = {
        "squared_error": "mse",
        "cross_entropy": keras.losses.SparseCategoricalCrossentropy(
            from_logits=True
        ),
        "binary_cross_entropy": keras.losses.BinaryCrossentropy(
            from_logits=True
        ),
    }

    def build() -> keras.Model:
        model = Net(spec)
        model.compile(adam(training, steps), losses[spec.loss])
        return model

    return LOOPS[training.loop](build, training, batches, steps)


def adam(training: TrainSpec, steps: int) -> keras.Optimizer:
    """Adam under a cosine schedule, clipped if asked for."""
    rate = keras.optimizers.schedules.CosineDecay(
        training.learning_rate, steps * training.epochs
    )
    return keras.optimizers.Adam(
        rate, global_clipnorm=training.clip_norm or None
    )


class BatchDataset(keras.utils.PyDataset):
    """The batches of one epoch after the other."""

    def __init__(self, batches: Batches, steps: int):
        super().__init__()
        self.source, self.steps = batches, steps
        first = next(iter(batches(0)))
        # Of these, `fit` on TensorFlow learns that T varies.
        self.batches = [(first.x, first.y)] * 2
        if first.lengths is not None:
            self.batches = [(first.x[:, :n], first.y) for n in (2, 1)]

    def start_epoch(self, epoch: int) -> None:
        """Take the batches of this epoch."""
        self.batches = [(x, y) for x, y, _ in self.source(epoch)]

    def __len__(self) -> int:
        """The steps of an epoch."""
        return self.steps

    def __getitem__(self, number: int) -> tuple[np.ndarray, np.ndarray]:
        """Inputs and targets of one step."""
        return self.batches[number]


def fit_loop(
    build: Callable[[], keras.Model],
    training: TrainSpec,
    batches: Batches,
    steps: int,
    on_epoch_begin: Callable[[keras.Model], None] = lambda model: None,
) -> Iterator[float]:
    """`Model.fit`, which waits in a thread until the next epoch is wanted."""
    turn, results = Semaphore(0), SimpleQueue()

    def run() -> None:
        try:
            turn.acquire()
            model, dataset = build(), BatchDataset(batches, steps)
            callback = keras.callbacks.LambdaCallback(
                on_epoch_begin=lambda epoch, logs: (
                    dataset.start_epoch(epoch),
                    on_epoch_begin(model),
                ),
                on_epoch_end=lambda epoch, logs: (
                    results.put(logs["loss"]),
                    turn.acquire(),
                ),
            )
            model.fit(
                dataset,
                epochs=training.epochs,
                shuffle=False,
                callbacks=[callback],
                verbose=0,
            )
        except Exception as error:  # noqa: BLE001 raised below
            results.put(error)

    Thread(target=run, daemon=True).start()
    for _ in range(training.epochs):
        turn.release()
        result = results.get()
        if isinstance(result, Exception):
            raise result
        yield result


def batch_loop(
    build: Callable[[], keras.Model],
    training: TrainSpec,
    batches: Batches,
    steps: int,
    on_epoch_begin: Callable[[keras.Model], None] = lambda model: None,
) -> Iterator[float]:
    """A call of `train_on_batch` a batch."""
    model = build()
    for epoch in range(training.epochs):
        on_epoch_begin(model)
        total = 0.0
        for x, y, _ in batches(epoch):
            total += model.train_on_batch(x, y)
        yield total / steps


LOOPS = {"step": fit_loop, "train_on_batch": batch_loop}


def matrix_product(size: int) -> Callable[[], object]:
    """What multiplies two (size, size) matrices, and waits for the result."""
    a = keras.random.normal((size, size))

    def multiply():
        # One number of it: a copy to numpy would be timed with it.
        return float(keras.ops.matmul(a, a)[0, 0])

    return multiply
