"""Truncated backpropagation through time: state kept between windows."""

import keras
import numpy as np
from keras import ops

from keras_impl.device import CURRENT, compiled
from keras_impl.losses import step_losses
from shared.batching.tbptt import score_streams


class StatefulLanguageModel(keras.Model):
    """A language model that continues from the state of its last window."""

    # Not `stateful=True`: it works on TensorFlow alone. In Keras 3.15, JAX's
    # compiled step drops the new state in silence, and PyTorch refuses to
    # write over a state that the gradient needs. Weights of the model that
    # do not train are kept by all three.
    def __init__(self, model: keras.Model, batch: int):
        super().__init__(name="stateful")
        self.model, self.spec = model, model.spec
        self.state = keras.tree.map_structure(
            lambda part: self.add_weight(part.shape, "zeros", trainable=False),
            model.initial_state(batch),
        )

    def reset_state(self) -> None:
        """Start the next window from the initial state."""
        for part in keras.tree.flatten(self.state):
            part.assign(ops.zeros(part.shape, part.dtype))

    def call(self, inputs: dict, training=None):
        """Logits of the next windows; the gradient stops at their start."""
        before = keras.tree.map_structure(
            # A copy: PyTorch's variables are written over in their place.
            lambda part: ops.copy(ops.convert_to_tensor(part)),
            self.state,
        )
        logits, after = self.model.forward_from(inputs["x"], before)
        parts = zip(keras.tree.flatten(self.state), keras.tree.flatten(after))
        for part, value in parts:
            part.assign(ops.stop_gradient(value))
        return logits  # (B, T, V)


def token_nll(model: keras.Model, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Negative log-likelihood of each y in nats, stateful: (N, T)."""
    with keras.device(CURRENT["device"]):
        return score_streams(
            compiled(window_nll, model), model.initial_state, x, y
        )


# What Keras compiles for `token_nll`: tensors in, tensors out.
def window_nll(model: keras.Model, x, y, state: list) -> tuple:
    """The losses of windows (B, T), and the state after them."""
    logits, state = model.forward_from(x, state)
    return step_losses(y, logits), state
