"""Gradients of the loss with respect to the hidden state of each step."""

import keras
import numpy as np
from keras import ops

from keras_impl.device import CURRENT, batch_to_device
from keras_impl.losses import build_loss, loss_weights
from shared.specs import Split


def state_gradients(model: keras.Model, split: Split) -> dict[str, np.ndarray]:
    """∂loss/∂h of each step of each layer, by prefix: (B, T, H)."""
    inputs, y = batch_to_device(split)
    with keras.device(CURRENT["device"]):
        perturbed = PerturbedModel(model, inputs["x"].shape[:2])
        # Keras has no gradient of its own: a step of plain descent, of size
        # 1 from zeros, leaves it in the weights, negated.
        levels = model.spec.quantile_levels
        compute_loss = build_loss(model.spec.loss, 0.0, levels)
        perturbed.compile(
            keras.optimizers.SGD(1.0),
            lambda y, outputs: compute_loss(y, outputs, *loss_weights(model)),
        )
        perturbed.train_on_batch(inputs, y)
    return {
        f"rnn.{number}.": -ops.convert_to_numpy(perturbation)
        for number, perturbation in enumerate(perturbed.perturbations)
    }


class PerturbedModel(keras.Model):
    """A model whose states have perturbations, which alone are trained."""

    def __init__(self, model: keras.Model, shape: tuple):
        super().__init__(name="perturbed")
        self.inner = model
        shape = (*shape, model.spec.hidden_size)
        self.perturbations = [
            self.add_weight(shape, "zeros", name=f"perturbation_{number}")
            for number in range(model.spec.num_layers)
        ]

    @property
    def trainable_variables(self) -> list[keras.Variable]:
        """The perturbations."""
        return self.perturbations

    def call(self, inputs: dict):
        """Outputs of the model: (B, K) or (B, T, K)."""
        outputs = self.inner.features(inputs["x"])  # (B, T, D)
        directions = self.inner.recurrent.layers
        for (layer,), perturbation in zip(directions, self.perturbations):
            outputs, _ = layer(outputs, perturbation=perturbation)
        return self.inner.head(HEAD_INPUTS[self.inner.spec.model](outputs))


def last_step(outputs):
    """The last step: (B, T, H) -> (B, H)."""
    return outputs[:, -1]


def all_steps(outputs):
    """All steps: (B, T, H) -> (B, T, H)."""
    return outputs


HEAD_INPUTS = {
    "forecaster": last_step,
    "classifier": last_step,
    "tagger": all_steps,
    "language_model": all_steps,
    "frame_model": all_steps,
    "sequence_forecaster": all_steps,
    "speech_recognizer": all_steps,
    "video_model": all_steps,
}
