"""What a head reads of all steps, in numpy, forward and backward."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from shared.specs import ModelSpec


class Steps(NamedTuple):
    """A stack's outputs (B, T, H'), last states (B, H'), steps inside."""

    outputs: np.ndarray
    last: np.ndarray
    inside: np.ndarray  # (B, T, 1)


Read = Callable[[Steps], np.ndarray]
"""Steps -> what the head reads."""
Spread = Callable[[Steps, np.ndarray], tuple[np.ndarray, np.ndarray]]
"""Steps, gradient by what is read -> by outputs and by last states."""


def last(steps: Steps) -> np.ndarray:
    """The last states: (B, H')."""
    return steps.last


def spread_last(
    steps: Steps, d_read: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """All of it reaches the last states."""
    return np.zeros(steps.outputs.shape), d_read


def mean(steps: Steps) -> np.ndarray:
    """The mean over the steps of each sequence: (B, H')."""
    total = np.sum(steps.outputs * steps.inside, axis=1)
    return total / steps.inside.sum(axis=1)


def spread_mean(
    steps: Steps, d_read: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Each of n steps has an n-th of it."""
    shares = steps.inside / steps.inside.sum(axis=1, keepdims=True)
    return shares * d_read[:, None], np.zeros(steps.last.shape)


def greatest(steps: Steps) -> np.ndarray:
    """The greatest value of each unit over the steps: (B, H')."""
    inside = np.where(steps.inside, steps.outputs, -np.inf)
    found: np.ndarray = inside.max(axis=1)
    return found


def spread_greatest(
    steps: Steps, d_read: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """It goes to the greatest step; several share it equally."""
    best = steps.inside & (steps.outputs == greatest(steps)[:, None])
    shares = best / best.sum(axis=1, keepdims=True)
    return shares * d_read[:, None], np.zeros(steps.last.shape)


def mean_and_greatest(steps: Steps) -> np.ndarray:
    """Both beside each other: (B, 2H')."""
    return np.concatenate([mean(steps), greatest(steps)], axis=1)


def spread_both(
    steps: Steps, d_read: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Each half goes its own way."""
    first, second = np.split(d_read, 2, axis=1)
    outputs, d_last = spread_mean(steps, first)
    return outputs + spread_greatest(steps, second)[0], d_last


def every_step(steps: Steps) -> np.ndarray:
    """All outputs: (B, T, H')."""
    return steps.outputs


def spread_every_step(
    steps: Steps, d_read: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """All of it reaches the outputs."""
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
    """How the head of a model reads the steps, and the way back."""
    return EVERY_STEP.get(spec.model) or POOLS[spec.pooling]
