"""Pictures of detection: errors along the series, and the ROC."""

from __future__ import annotations

import numpy as np

SHOWN = 1200
"""Points of the test part that a report draws."""


def thinned(values: np.ndarray) -> list[float]:
    """At most SHOWN values, each the maximum of its stretch."""
    size = -(-len(values) // SHOWN)
    starts = np.arange(0, len(values), size)
    found = np.maximum.reduceat(values.astype(np.float64), starts)
    return [float(f"{value:.4g}") for value in found]
