"""What a worker does for the study of attention: write, and say where."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shared.reference import decoding as reference_decoding
from shared.weights.checkpoints import Checkpoint


class Looks(NamedTuple):
    x: np.ndarray  # (B, T, 2), what was read
    written: np.ndarray  # (B, T - 1), -1 past its end
    weights: np.ndarray  # (B, T, T)


def expected(
    trained: Checkpoint, x: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """The weights (B, T, T) of the numpy reference for the same inputs."""
    return reference_decoding.looks(trained.model, trained.weights, x, lengths)
