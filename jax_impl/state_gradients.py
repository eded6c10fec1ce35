"""Gradients of the loss with respect to the hidden state of each step."""

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx
from jax import Array

from jax_impl.device import batch_to_device
from jax_impl.losses import build_loss, loss_weights
from shared.specs import Split


def state_gradients(model: nnx.Module, split: Split) -> dict[str, np.ndarray]:
    """∂loss/∂h of each step of each layer, by prefix: (B, T, H)."""
    model.eval()
    x, y, _ = batch_to_device(split)
    vectors = model.features(x)  # (B, T, D)
    levels = model.spec.quantile_levels
    compute_loss = build_loss(model.spec.loss, 0.0, levels)
    zeros = jnp.zeros((*x.shape[:2], model.spec.hidden_size), vectors.dtype)
    layers = {
        f"rnn.{number}.": layer
        for number, (layer,) in enumerate(model.recurrent.layers)
    }

    def loss(perturbations: dict[str, Array]) -> Array:
        outputs = vectors
        for prefix, perturbation in perturbations.items():
            _, (outputs, *_), _ = layers[prefix].steps(
                outputs, perturbation=perturbation
            )  # (B, T, H)
        logits = model.head(HEAD_INPUTS[model.spec.model](outputs))
        return compute_loss(logits, y, *loss_weights(model))

    gradients = jax.grad(loss)(dict.fromkeys(layers, zeros))
    return {prefix: np.asarray(grad) for prefix, grad in gradients.items()}


def last_step(outputs: Array) -> Array:
    """The last step: (B, T, H) -> (B, H)."""
    return outputs[:, -1]


def all_steps(outputs: Array) -> Array:
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
