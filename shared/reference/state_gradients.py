"""How a loss depends on the state of each step, in numpy."""

from __future__ import annotations

import numpy as np

from shared.reference import layer as reference_layer
from shared.reference.losses import LOSSES
from shared.reference.model import forward_pass, head_matrix, in_float64
from shared.reference.pooling import reading
from shared.reference.stack import layer_weights
from shared.specs import STATE_NAMES, ModelSpec, Split, Weights


def state_gradients(
    spec: ModelSpec, weights: Weights, split: Split
) -> dict[str, np.ndarray]:
    """∂loss/∂h at each step of each layer, by prefix: (B, T, H)."""
    weights = in_float64(weights)
    done = forward_pass(spec, weights, split.x, None)
    _, d_outputs = LOSSES[spec.loss](done.outputs, split.y)
    d_read = d_outputs @ head_matrix(spec, weights).T
    d_steps, d_last = reading(spec)[1](done.stack.steps, d_read)
    found: dict[str, np.ndarray] = {}
    for number in reversed(range(spec.num_layers)):
        prefix = f"rnn.{number}."
        slopes = np.zeros(d_steps.shape)
        zeros = np.zeros(d_last.shape)
        d_state = (d_last, zeros)[: len(STATE_NAMES[spec.cell])]
        d_steps, _, _ = reference_layer.layer_backward(
            spec.cell,
            layer_weights(weights, prefix),
            done.stack.tapes[prefix],
            d_steps,
            d_state,
            slopes,
        )
        d_last, found = zeros, {prefix: slopes, **found}
    return found


def norms(slopes: np.ndarray) -> np.ndarray:
    """Norm over batch and units at each step: (B, T, H) -> (T,)."""
    found: np.ndarray = np.sqrt((slopes**2).sum(axis=(0, 2)))
    return found
