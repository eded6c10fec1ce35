"""The training loop and prediction."""

from collections.abc import Callable

import keras
import numpy as np
from keras import ops

from keras_impl.device import CURRENT, batch_to_device, to_device
from keras_impl.losses import build_loss, loss_weights
from keras_impl.optimizers import build_optimizer
from keras_impl.tbptt import StatefulLanguageModel
from shared.batching.batches import (
    EpochBatches,
    batch_monitor,
    epoch_batches,
    has_steps,
    steps_per_epoch,
)
from shared.batching.chunks import predict_in_chunks
from shared.batching.indices import as_indices
from shared.batching.scheduled_sampling import samples
from shared.specs import Batch, Split, TrainSpec


def fit(
    model: keras.Model,
    split: Split,
    spec: TrainSpec,
    on_epoch_end: Callable[[int, float], bool],
) -> None:
    """Train; on_epoch_end takes each epoch's mean loss, and true stops."""
    rng = np.random.default_rng(spec.seed)
    for state in model.non_trainable_variables:
        if state.name == "seed_generator_state":  # of a Dropout layer
            state.assign(rng.integers(2**31, size=state.shape))
    inner = model
    if spec.stateful:
        inner = StatefulLanguageModel(model, spec.batch_size)
    trained = TrainedModel(inner)
    steps, (loop, options) = steps_per_epoch(split, spec), LOOPS[spec.loop]
    if steps == 1 and split.lengths is not None:
        loop = step_loop  # `fit` learns from two batches that T varies
    compute_loss = build_loss(
        model.spec.loss, spec.label_smoothing, model.spec.quantile_levels
    )
    trained.compile(
        build_optimizer(spec, steps * spec.epochs),
        lambda y, outputs: compute_loss(y, outputs, *loss_weights(model)),
        **options,
    )
    # A step that creates the optimizer's variables is traced a second time.
    trained.optimizer.build(trained.trainable_variables)
    with keras.device(CURRENT["device"]):
        loop(trained, split, spec, on_epoch_end)


class TrainedModel(keras.Model):
    """A model as `fit` trains it: dropout is on in all of its layers."""

    # With JAX, Keras trains by `call` itself; only a call of an object informs
    # the layers within that they train.
    def __init__(self, inner: keras.Model):
        super().__init__(name="trained")
        self.inner = inner

    def call(self, inputs: dict, training=None):
        """Outputs of the model."""
        outputs = self.inner(inputs, training=training)
        return ops.cast(outputs, keras.config.floatx())  # for the loss


def step_loop(
    model: keras.Model,
    split: Split,
    spec: TrainSpec,
    on_epoch_end: Callable[[int, float], bool],
) -> None:
    """One training step a batch."""
    for epoch in range(spec.epochs):
        if spec.stateful:
            model.inner.reset_state()
        losses = [
            model.train_on_batch(*batch_to_device(batch))
            for batch in epoch_batches(split, spec, epoch)
        ]
        if on_epoch_end(epoch, float(np.mean(losses, dtype=np.float64))):
            break


def fit_loop(
    model: keras.Model,
    split: Split,
    spec: TrainSpec,
    on_epoch_end: Callable[[int, float], bool],
) -> None:
    """All epochs by `Model.fit`, as Keras users train."""
    batches = Batches(split, spec)
    model.fit(
        as_dataset(batches),
        epochs=spec.epochs,
        shuffle=False,  # `fit` shuffles the batches of a PyDataset too
        callbacks=[EpochCallback(batches, on_epoch_end)],
        verbose=0,
    )


class Batches(keras.utils.PyDataset):
    """The batches of an epoch by their number, for `Model.fit`."""

    def __init__(self, split: Split, spec: TrainSpec):
        super().__init__()
        self.split, self.spec = split, spec
        # On TensorFlow, the shapes of all batches are taken from two before
        # the first epoch: these say that T varies.
        x, y, lengths = (
            a if a is None else as_indices(a[: spec.batch_size]) for a in split
        )
        mask = np.zeros(x.shape[:2], bool) if samples(spec) else None
        example = Batch(x, y, lengths, mask)
        self.batches = [self.cut(example, steps) for steps in (2, 1)]

    @staticmethod
    def cut(batch: Batch, steps: int) -> Batch:
        """The first steps of a batch, unless all sequences have one length."""
        x, y, lengths, mask = batch
        if lengths is None:
            return batch
        y = y[:, :steps] if has_steps(y) else y
        return Batch(
            x[:, :steps], y, lengths, None if mask is None else mask[:, :steps]
        )

    def start_epoch(self, epoch: int) -> None:
        """Take the batches of this epoch."""
        # Not `on_epoch_end`, which `fit` also calls before the first epoch.
        self.batches = EpochBatches(self.split, self.spec, epoch)

    def __len__(self) -> int:
        """The steps of an epoch."""
        return steps_per_epoch(self.split, self.spec)

    def __getitem__(self, number: int) -> tuple[dict, np.ndarray]:
        """Inputs and targets of one step."""
        return batch_to_device(self.batches[number])


def as_dataset(batches: keras.utils.PyDataset):
    """The batches, on TensorFlow as a dataset that `fit` never waits for."""
    if keras.config.backend() != "tensorflow":
        return batches
    import tensorflow as tf

    def shape(a: np.ndarray, b: np.ndarray) -> tf.TensorSpec:
        sizes = (m if m == n else None for m, n in zip(a.shape, b.shape))
        return tf.TensorSpec(tuple(sizes), a.dtype)

    shapes = keras.tree.map_structure(shape, batches[0], batches[1])
    # The thread that tunes a dataset may miss the end of its iterator: `fit`
    # then waits for it, in TensorFlow 2.21 for up to a minute an epoch.
    options = tf.data.Options()
    options.autotune.enabled = False
    size = tf.data.experimental.assert_cardinality(len(batches))
    dataset = tf.data.Dataset.from_generator(
        batches.__iter__, output_signature=shapes
    )
    return dataset.apply(size).prefetch(2).with_options(options)


class EpochCallback(keras.callbacks.Callback):
    """Order of batches, progress and early stopping within `Model.fit`."""

    def __init__(
        self, batches: Batches, on_epoch_end: Callable[[int, float], bool]
    ):
        super().__init__()
        self.batches, self.after_epoch = batches, on_epoch_end

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        """Order the batches; a stream starts from the initial state."""
        self.epoch = epoch
        self.batches.start_epoch(epoch)
        if self.batches.spec.stateful:
            self.model.inner.reset_state()

    def on_train_batch_begin(
        self, batch: int, logs: dict | None = None
    ) -> None:
        """Report progress, which `epoch_batches` does elsewhere."""
        batch_monitor.get()(self.epoch, batch)

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Hand on the mean loss; true stops."""
        self.model.stop_training = self.after_epoch(epoch, logs["loss"])


LOOPS = {
    "step": (fit_loop, {}),
    "train_on_batch": (step_loop, {}),
    "jit_compile": (fit_loop, {"jit_compile": True}),
    "steps_per_execution": (fit_loop, {"steps_per_execution": 8}),
}
"""Loop -> its function, and arguments of `Model.compile`."""


def predict(
    model: keras.Model, x: np.ndarray, lengths: np.ndarray | None
) -> np.ndarray:
    """Outputs (N, K) without dropout."""

    def forward(x: np.ndarray, lengths: np.ndarray | None) -> np.ndarray:
        inputs = {"x": to_device(x)}
        if lengths is not None:
            inputs["lengths"] = lengths
        outputs = model.predict_on_batch(inputs)
        return outputs.astype(keras.config.floatx(), copy=False)

    with keras.device(CURRENT["device"]):
        return predict_in_chunks(forward, x, lengths)
