"""How a loss depends on the state of each step, from scratch layers."""

import keras
import numpy as np
from keras import ops

from keras_impl.cells import STATES, STEPS
from keras_impl.device import CURRENT, batch_to_device
from keras_impl.losses import loss_of
from shared.specs import Split


def flow(model: keras.Model, split: Split) -> dict[str, np.ndarray]:
    """∂loss/∂h at each step of each layer, by prefix: (B, T, H)."""
    x, y, _ = batch_to_device(split)
    with keras.device(CURRENT["device"]):
        nudged = Nudged(model, x.shape[:2])
        loss = loss_of(model.spec.loss, 0.0)
        # Keras has no gradient of its own: a step of plain descent, of size
        # 1 from zeros, leaves it in the weights, negated.
        nudged.compile(keras.optimizers.SGD(1.0), loss)
        nudged.train_on_batch(x, y)
    return {
        f"rnn.{number}.": -ops.convert_to_numpy(nudge)
        for number, nudge in enumerate(nudged.nudges)
    }


class Nudged(keras.Model):
    """A model whose states are moved by weights, which alone learn."""

    def __init__(self, model: keras.Model, shape: tuple):
        super().__init__(name="nudged")
        self.inner = model
        shape = (*shape, model.spec.hidden_size)
        self.nudges = [
            self.add_weight(shape, "zeros", name=f"nudge_{number}")
            for number in range(model.spec.num_layers)
        ]

    @property
    def trainable_variables(self):
        """The nudges."""
        return self.nudges

    def call(self, x):
        """Outputs of the model: (B, K) or (B, T, K)."""
        outputs = self.inner.features(x)  # (B, T, D)
        for (layer,), nudge in zip(self.inner.recurrent.layers, self.nudges):
            cell = layer.loop.cell
            outputs = ops.stack(read(cell, outputs, nudge), 1)  # (B, T, H)
        return self.inner.head(SEEN[self.inner.spec.model](outputs))


def read(layer: keras.Layer, x, nudge) -> list:
    """The h of each step, moved by a nudge (B, T, H): T times (B, H)."""
    steps = ops.matmul(x, layer.w_ih) + layer.b_ih  # (B, T, G·H)
    zeros = ops.zeros_like(nudge[:, 0])
    state, seen = (zeros,) * STATES[layer.cell], []
    for t in range(steps.shape[1]):
        weights = (layer.w_hh, layer.b_hh)
        h, *others = STEPS[layer.cell](steps[:, t], state, *weights)
        state = (h + nudge[:, t], *others)
        seen.append(state[0])
    return seen


def last(outputs):
    """The last step: (B, T, H) -> (B, H)."""
    return outputs[:, -1]


def every(outputs):
    """All steps: (B, T, H)."""
    return outputs


SEEN = {
    "forecaster": last,
    "classifier": last,
    "tagger": every,
    "language_model": every,
    "frame_model": every,
}
