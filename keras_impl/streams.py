"""Text in streams: the state goes on from window to window."""

from functools import lru_cache

import keras
import numpy as np
from keras import ops

from keras_impl.device import CURRENT
from keras_impl.losses import step_losses
from shared.batching.tbptt import score_streams


class Carried(keras.Model):
    """A language model that goes on where its last window ended."""

    def __init__(self, model: keras.Model, batch: int):
        super().__init__(name="carried")
        self.model, self.spec = model, model.spec
        self.state = [
            self.add_weight(part.shape, "zeros", trainable=False)
            for part in model.start(batch)
        ]

    def forget(self) -> None:
        """Begin the streams anew."""
        for part in self.state:
            part.assign(ops.zeros(part.shape, part.dtype))

    def call(self, inputs, training=None):
        """Read the next windows; no gradient reaches those before."""
        x, _ = inputs
        # A copy: PyTorch's variables are written over in their place.
        before = [ops.copy(ops.convert_to_tensor(p)) for p in self.state]
        logits, after = self.model.resume(x, before, training=training)
        for part, value in zip(self.state, after):
            part.assign(ops.stop_gradient(value))
        return logits  # (B, T, V)


class Scored(keras.Model):
    """The losses of windows (B, T), and the state after them."""

    def __init__(self, model: keras.Model):
        super().__init__(name="scored")
        self.model = model

    def call(self, inputs):
        """Read on from the state that is passed in."""
        x, y, *state = inputs
        logits, state = self.model.resume(x, state, training=False)
        return [step_losses(y, logits), *state]


@lru_cache(maxsize=1)
def scored_by(model: keras.Model) -> Scored:
    """The scorer of a model, so that its step is traced once."""
    return Scored(model)


def likelihoods(model: keras.Model, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Negative log-likelihoods of y (N, T) in nats, the state carried."""
    scored = scored_by(model)

    def forward(x: np.ndarray, y: np.ndarray, state: list) -> tuple:
        losses, *state = scored.predict_on_batch((x, y, *state))
        return losses, state

    with keras.device(CURRENT["device"]):
        return score_streams(forward, model.start, x, y)
