"""The training loop and prediction."""

from collections.abc import Callable

import keras
import numpy as np

from keras_impl.device import CURRENT, batch_to_device, to_device
from keras_impl.losses import loss_of
from keras_impl.optimizers import build_optimizer
from keras_impl.streams import Carried
from shared.batching.batches import epoch_batches, steps_per_epoch
from shared.batching.chunks import predict_in_chunks
from shared.specs import Split, TrainSpec


def fit(
    model: keras.Model,
    split: Split,
    spec: TrainSpec,
    on_epoch_end: Callable[[int, float], bool],
) -> None:
    """Train; each epoch's mean loss goes to on_epoch_end; True stops."""
    keras.utils.set_random_seed(spec.seed)
    steps = steps_per_epoch(split, spec)
    reader = Carried(model, spec.batch_size) if spec.stateful else model
    train_step = LOOPS[spec.loop](reader, spec, steps * spec.epochs)
    for epoch in range(spec.epochs):
        if spec.stateful:
            reader.forget()
        total = 0.0
        with keras.device(CURRENT["device"]):
            for batch in epoch_batches(split, spec, epoch):
                total += train_step(*batch_to_device(batch))
        if on_epoch_end(epoch, float(total) / steps):
            break


def step_loop(model: keras.Model, spec: TrainSpec, total: int):
    """One training step a batch."""
    # Not `Model.fit`: on TensorFlow it takes the shapes of all batches from
    # the first two, and fails where a later one is padded to another T.
    compute_loss = loss_of(model.spec.loss, spec.label_smoothing)
    model.compile(build_optimizer(spec, total), compute_loss)

    def train_step(x, y, lengths) -> float:
        return model.train_on_batch((x, lengths), y)

    return train_step


LOOPS = {"step": step_loop}


def predict(
    model: keras.Model, x: np.ndarray, lengths: np.ndarray | None
) -> np.ndarray:
    """Outputs (N, K) of a model that does not train: no dropout."""

    def forward(x: np.ndarray, lengths: np.ndarray | None) -> np.ndarray:
        return model.predict_on_batch((to_device(x), lengths))

    with keras.device(CURRENT["device"]):
        return predict_in_chunks(forward, x, lengths)
