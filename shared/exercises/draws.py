"""Random arguments of exercises, and functions that several of them use."""

import numpy as np

from shared.reference.softmax import log_softmax
from shared.specs import Array

Generator = np.random.Generator

WEIGHTS = {
    "w_ih": "(D, H) weights of the input",
    "w_hh": "(H, H) weights of the state",
    "b": "(H) bias",
}
"""What the weights of a vanilla RNN are, as arguments."""


def normal(rng: Generator, *shape: int, scale: float = 1.0) -> Array:
    return scale * rng.standard_normal(shape)


def layer_weights(
    rng: Generator, inputs: int, hidden: int, gates: int = 1
) -> tuple[Array, Array, Array]:
    """w_ih (D, G·H), w_hh (H, G·H), b (G·H), none of them small."""
    width = gates * hidden
    return (
        normal(rng, inputs, width, scale=0.7),
        normal(rng, hidden, width, scale=0.7),
        normal(rng, width, scale=0.7),
    )


def ragged(rng: Generator, batch: int, steps: int) -> Array:
    """Lengths (B,) from 2 to T: the first is T, the second is shorter."""
    lengths = rng.integers(2, steps, batch)
    lengths[0] = steps
    return lengths


def softmax(logits: Array) -> Array:
    """Probabilities along the last axis."""
    return np.exp(log_softmax(logits))


def nll(logits: Array, targets: Array) -> Array:
    """Negative log-likelihood in nats: (..., K), (...) -> (...)."""
    found = np.take_along_axis(log_softmax(logits), targets[..., None], axis=-1)
    return -found[..., 0]
