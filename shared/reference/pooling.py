"""What a head reads of all steps, in numpy, forward and backward."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from shared.specs import ModelSpec


class Steps(NamedTuple):
    """A stack's outputs (B, T, H'), last states (B, H'), valid steps."""

    outputs: np.ndarray
    last: np.ndarray
    inside: np.ndarray  # (B, T, 1)


Read = Callable[[Steps], np.ndarray]
"""Steps -> what the head reads."""
Spread = Callable[[Steps, np.ndarray], tuple[np.ndarray, np.ndarray]]
"""Steps, gradient by what is read -> by outputs and by last states."""


def last(steps: Steps) -> np.ndarray:
    """(B, H')."""
    return steps.last


def spread_last(
    steps: Steps, d_read: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    return np.zeros(steps.outputs.shape), d_read


def mean(steps: Steps) -> np.ndarray:
    """Mean over the valid steps: (B, H')."""
    total = np.sum(steps.outputs * steps.inside, axis=1)
    return total / steps.inside.sum(axis=1)


def spread_mean(
    steps: Steps, d_read: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Each of n steps receives 1/n of the gradient."""
    shares = steps.inside / steps.inside.sum(axis=1, keepdims=True)
    return shares * d_read[:, None], np.zeros(steps.last.shape)


def greatest(steps: Steps) -> np.ndarray:
    """Maximum of each unit over the valid steps: (B, H')."""
    inside = np.where(steps.inside, steps.outputs, -np.inf)
    found: np.ndarray = inside.max(axis=1)
    return found


def spread_greatest(
    steps: Steps, d_read: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The gradient goes to the maximum; ties share it equally."""
    best = steps.inside & (steps.outputs == greatest(steps)[:, None])
    shares = best / best.sum(axis=1, keepdims=True)
    return shares * d_read[:, None], np.zeros(steps.last.shape)


def mean_and_greatest(steps: Steps) -> np.ndarray:
    """Concatenation: (B, 2H')."""
    return np.concatenate([mean(steps), greatest(steps)], axis=1)


def spread_both(
    steps: Steps, d_read: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    first, second = np.split(d_read, 2, axis=1)
    outputs, d_last = spread_mean(steps, first)
    return outputs + spread_greatest(steps, second)[0], d_last


def every_step(steps: Steps) -> np.ndarray:
    """(B, T, H')."""
    return steps.outputs


def spread_every_step(
    steps: Steps, d_read: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    return d_read, np.zeros(steps.last.shape)


POOLS: dict[str, tuple[Read, Spread]] = {
    "last": (last, spread_last),
    "mean": (mean, spread_mean),
    "max": (greatest, spread_greatest),
    "mean+max": (mean_and_greatest, spread_both),
}


EVERY_STEP: dict[str, tuple[Read, Spread]] = {
    "tagger": (every_step, spread_every_step),
    "language_model": (every_step, spread_every_step),
    "frame_model": (every_step, spread_every_step),
}
"""Models whose heads read all steps."""


def reading(spec: ModelSpec) -> tuple[Read, Spread]:
    """Pooling function of a model's head, and its gradient."""
    return EVERY_STEP.get(spec.model) or POOLS[spec.pooling]
