"""How a loss depends on the state of each step, in numpy."""

import numpy as np

from shared.reference.crf import crf_weights
from shared.reference.head import head_backward, pooling
from shared.reference.losses import loss_of
from shared.reference.model import forward_pass, in_float64
from shared.reference.stack import stack_backward
from shared.specs import Array, ModelSpec, Split, Weights


def state_gradients(
    spec: ModelSpec, weights: Weights, split: Split
) -> dict[str, Array]:
    """∂loss/∂h at each step of each layer, by prefix: (B, T, H)."""
    weights = in_float64(weights)
    done = forward_pass(spec, weights, split.x, None)
    _, d_outputs, *_ = loss_of(spec)(
        done.outputs, split.y, *crf_weights(spec, weights)
    )
    d_pooled, _ = head_backward(spec, weights, done.pooled, d_outputs)
    d_steps, d_last = pooling(spec)[1](done.stack, d_pooled)
    hidden = stack_backward(weights, done.stack, d_steps, d_last).hidden
    return {prefix: hidden[prefix] for prefix in done.stack.tapes}


def norms(gradients: Array) -> Array:
    """Norm over batch and units at each step: (B, T, H) -> (T,)."""
    return np.asarray(np.sqrt((gradients**2).sum(axis=(0, 2))))
