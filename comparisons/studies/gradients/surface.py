"""The loss on a plane through trained weights (Li et al. 2018)."""

from __future__ import annotations

import numpy as np

from shared.reference import model as reference_model
from shared.reference.losses import LOSSES
from shared.specs import ModelSpec, Split, Weights

SIDE = 21
"""Points of the plane along each direction."""

REACH = 1.0
"""How far it goes: at 1 each filter is moved by its own norm."""


def direction(weights: Weights, rng: np.random.Generator) -> Weights:
    """A random direction, normalized filter by filter like the weights.

    A filter is the input weights of one unit: a column. Biases are not moved
        (Li et al. 2018, section 4).
    """
    found = {}
    for name, w in weights.items():
        drawn = rng.standard_normal(w.shape)
        if w.ndim == 1:
            found[name] = np.zeros(w.shape)
            continue
        own = np.linalg.norm(w, axis=0, keepdims=True)
        found[name] = drawn * own / np.linalg.norm(drawn, axis=0, keepdims=True)
    return found


def surface(
    spec: ModelSpec, weights: Weights, split: Split, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Positions along both directions (SIDE,), the loss (SIDE, SIDE)."""
    rng = np.random.default_rng([seed, 8])
    one, other = direction(weights, rng), direction(weights, rng)
    places = np.linspace(-REACH, REACH, SIDE)
    losses = np.zeros((SIDE, SIDE))
    for row, a in enumerate(places):
        for column, b in enumerate(places):
            moved = {
                name: w + a * one[name] + b * other[name]
                for name, w in weights.items()
            }
            outputs = reference_model.forward(spec, moved, split.x, None)
            losses[row, column] = LOSSES[spec.loss](outputs, split.y)[0]
    return places, losses
