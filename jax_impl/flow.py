"""How a loss depends on the state of each step, from scratch layers."""

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx
from jax import Array

from jax_impl.cells import STATES, STEPS
from jax_impl.device import batch_to_device
from jax_impl.losses import loss_of
from shared.specs import Split


def flow(model: nnx.Module, split: Split) -> dict[str, np.ndarray]:
    """∂loss/∂h at each step of each layer, by prefix: (B, T, H)."""
    model.eval()
    x, y, _ = batch_to_device(split)
    shape = (*x.shape[:2], model.spec.hidden_size)
    count = model.spec.num_layers
    nudges = {f"rnn.{n}.": jnp.zeros(shape) for n in range(count)}

    def loss(nudges: dict) -> Array:
        outputs = model.features(x)  # (B, T, D)
        for (layer,), nudge in zip(model.recurrent.layers, nudges.values()):
            outputs = jnp.stack(read(layer, outputs, nudge), 1)  # (B, T, H)
        logits = model.head(SEEN[model.spec.model](outputs))
        return loss_of(model.spec.loss, 0.0)(logits, y)

    slopes = jax.grad(loss)(nudges)
    return {name: np.asarray(values) for name, values in slopes.items()}


def read(layer: nnx.Module, x: Array, nudge: Array) -> list[Array]:
    """The h of each step, moved by a nudge (B, T, H): T times (B, H)."""
    steps = x @ layer.w_ih + layer.b_ih  # (B, T, G·H)
    zeros = jnp.zeros((len(x), layer.hidden), steps.dtype)
    state, seen = (zeros,) * STATES[layer.cell], []
    for t in range(steps.shape[1]):
        weights = (layer.w_hh, layer.b_hh)
        h, *others = STEPS[layer.cell](steps[:, t], state, *weights)
        state = (h + nudge[:, t], *others)
        seen.append(state[0])
    return seen


def last(outputs: Array) -> Array:
    """The last step: (B, T, H) -> (B, H)."""
    return outputs[:, -1]


def every(outputs: Array) -> Array:
    """All steps: (B, T, H)."""
    return outputs


SEEN = {
    "forecaster": last,
    "classifier": last,
    "tagger": every,
    "language_model": every,
    "frame_model": every,
}
