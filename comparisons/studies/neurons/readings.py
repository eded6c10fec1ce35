"""The reference's reading of a text, and deviations from it."""

from __future__ import annotations

import numpy as np

from comparisons.equivalence.deviation import deviation
from comparisons.worker.neurons import Reading, reading_of
from shared.reference import unroll as reference_unroll
from shared.weights.checkpoints import Checkpoint


def expected(trained: Checkpoint, symbols: np.ndarray, layer: int) -> Reading:
    """The same from the numpy reference."""
    found = reference_unroll.unroll(
        trained.model, trained.weights, symbols[None], None
    )
    return reading_of(found, symbols, layer)


def deviations(found: Reading, reference: Reading) -> dict[str, float]:
    """Quantity -> deviation from the reference.

    Equally probable tokens may swap, so only probabilities are compared.
    """
    return {
        name: deviation(getattr(found, name), getattr(reference, name))
        for name in ("h", "came", "entropy", "shares")
    }
