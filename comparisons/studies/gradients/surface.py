"""The loss on a plane through trained weights (Li et al. 2018)."""

import numpy as np

from shared.reference import model as reference_model
from shared.reference.crf import crf_weights
from shared.reference.losses import loss_of
from shared.specs import ModelSpec, Split, Weights

SIDE = 21
"""Points of the plane along each direction."""

EXTENT = 1.0
"""Half the length of a side: at 1 each filter is moved by its own norm."""


def direction(weights: Weights, rng: np.random.Generator) -> Weights:
    """A random direction, normalized filter by filter like the weights.

    A filter is the input weights of one unit: a column. Biases are not moved
    (Li et al. 2018, section 4).
    """
    found = {}
    for name, w in weights.items():
        noise = rng.standard_normal(w.shape)
        scale = np.linalg.norm(w, axis=0) / np.linalg.norm(noise, axis=0)
        found[name] = noise * scale if w.ndim > 1 else np.zeros(w.shape)
    return found


def surface(
    spec: ModelSpec, weights: Weights, split: Split, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Offsets along both directions (SIDE,), the loss (SIDE, SIDE)."""
    rng = np.random.default_rng([seed, 8])
    one, other = direction(weights, rng), direction(weights, rng)
    offsets = np.linspace(-EXTENT, EXTENT, SIDE)
    losses = np.zeros((SIDE, SIDE))
    for row, a in enumerate(offsets):
        for column, b in enumerate(offsets):
            moved = {
                n: w + a * one[n] + b * other[n] for n, w in weights.items()
            }
            outputs = reference_model.forward(spec, moved, split.x, None)
            loss, *_ = loss_of(spec)(
                outputs, split.y, *crf_weights(spec, moved)
            )
            losses[row, column] = loss
    return offsets, losses
