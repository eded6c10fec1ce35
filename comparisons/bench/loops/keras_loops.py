"""The loops over a Keras model: `Model.fit`, as the guides write it.

The guide is "Training & evaluation with the built-in methods", its section
on `PyDataset`, which takes the same batches as all others. The row
keras-train-on-batch is timed against a loop over `train_on_batch`.
"""

from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Semaphore, Thread

import keras
import numpy as np

from comparisons.bench.loops import Batches
from shared.specs import ModelSpec, TrainSpec


def run(
    net: Callable[[ModelSpec, int], keras.Model],
    spec: ModelSpec,
    training: TrainSpec,
    batches: Batches,
    steps: int,
    on_epoch_begin: Callable[[keras.Model], None] = lambda model: None,
) -> Iterator[float]:
    """Each epoch's mean loss when it is done; net: of spec and batch size."""
    classes = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    losses = {
        "squared_error": "mse",
        "cross_entropy": classes,
        "masked_cross_entropy": classes,  # windows of text have no padding
        "binary_cross_entropy": keras.losses.BinaryCrossentropy(
            from_logits=True
        ),
    }

    def build() -> keras.Model:
        model = net(spec, training.batch_size)
        model.compile(adam(training, steps), losses[spec.loss])
        return model

    loop = LOOPS[training.loop]
    return loop(build, training, batches, steps, on_epoch_begin)


def adam(training: TrainSpec, steps: int) -> keras.Optimizer:
    """Adam under a cosine schedule, clipped if the spec says so."""
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
        self.batches = [(x, y) for x, y, _ in self.source(epoch)]

    def __len__(self) -> int:
        return self.steps

    def __getitem__(self, number: int) -> tuple[np.ndarray, np.ndarray]:
        return self.batches[number]


def fit_loop(
    build: Callable[[], keras.Model],
    training: TrainSpec,
    batches: Batches,
    steps: int,
    on_epoch_begin: Callable[[keras.Model], None],
) -> Iterator[float]:
    """`Model.fit`, which waits in a thread until the next epoch is wanted."""
    turn, results = Semaphore(0), SimpleQueue()

    def on_epoch_end(loss: float) -> None:
        results.put(loss)
        turn.acquire()

    def train() -> None:
        try:
            turn.acquire()
            dataset = BatchDataset(batches, steps)
            fit(build(), dataset, training.epochs, on_epoch_begin, on_epoch_end)
        except Exception as error:  # noqa: BLE001 raised below
            results.put(error)

    Thread(target=train, daemon=True).start()
    for _ in range(training.epochs):
        turn.release()
        result = results.get()
        if isinstance(result, Exception):
            raise result
        yield result


def fit(
    model: keras.Model,
    dataset: BatchDataset,
    epochs: int,
    on_epoch_begin: Callable[[keras.Model], None],
    on_epoch_end: Callable[[float], None],
) -> None:
    callback = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: (
            dataset.start_epoch(epoch),
            on_epoch_begin(model),
        ),
        on_epoch_end=lambda epoch, logs: on_epoch_end(logs["loss"]),
    )
    model.fit(
        untuned(dataset),
        epochs=epochs,
        shuffle=False,
        callbacks=[callback],
        verbose=0,
    )


def untuned(dataset: BatchDataset):
    """On TensorFlow a dataset without the thread that tunes it."""
    # `fit` waits for that thread to end, at times as long as the epoch took.
    if keras.config.backend() != "tensorflow":
        return dataset
    import tensorflow as tf

    options = tf.data.Options()
    options.autotune.enabled = False
    (x, y), (shorter, _) = dataset[0], dataset[1]
    steps = x.shape[1] if x.shape == shorter.shape else None
    shapes = (
        tf.TensorSpec((len(x), steps, *x.shape[2:]), x.dtype),
        tf.TensorSpec(y.shape, y.dtype),
    )
    size = tf.data.experimental.assert_cardinality(len(dataset))
    read = tf.data.Dataset.from_generator(
        dataset.__iter__, output_signature=shapes
    )
    return read.apply(size).prefetch(2).with_options(options)


def batch_loop(
    build: Callable[[], keras.Model],
    training: TrainSpec,
    batches: Batches,
    steps: int,
    on_epoch_begin: Callable[[keras.Model], None],
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
