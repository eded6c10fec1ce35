"""The reference's attention maps."""

from __future__ import annotations

import numpy as np

from shared.reference import decoding as reference_decoding
from shared.weights.checkpoints import Checkpoint


def expected(
    trained: Checkpoint, x: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """The weights (B, T, T) of the numpy reference, as it reads the same."""
    return reference_decoding.looks(trained.model, trained.weights, x, lengths)
