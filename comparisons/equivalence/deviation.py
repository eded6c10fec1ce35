"""The largest relative deviation of arrays and weights from the expected."""

import sys

import numpy as np

from shared.specs import Array, Weights

WORST = sys.float_info.max
"""What NaN, infinity or another shape counts as: JSON has no infinity."""

TINY = 1e-30


def largest_deviation(found: Weights, expected: Weights) -> float:
    """The largest deviation of any tensor; WORST if names differ."""
    if found.keys() != expected.keys():
        return WORST
    return max(deviation(found[name], expected[name]) for name in expected)


def deviation(found: Array, expected: Array) -> float:
    """max |a - b| / max |b|; WORST for non-finite values."""
    if np.shape(found) != np.shape(expected):
        return WORST
    difference = np.max(np.abs(np.asarray(found, np.float64) - expected))
    measured = float(difference / max(np.max(np.abs(expected)), TINY))
    return measured if np.isfinite(measured) else WORST


def up_to_ends(outputs: Array, lengths: Array | None) -> Array:
    """Of outputs (N, T, ...) the steps before each end: (n, ...)."""
    if lengths is None or outputs.ndim < 3:
        return outputs
    mask = np.arange(outputs.shape[1]) < lengths[:, None]  # (N, T)
    return np.asarray(outputs[mask])


def identical(found: Weights, expected: Weights) -> bool:
    """Whether names, types, shapes and every value are the same."""
    return found.keys() == expected.keys() and all(
        found[name].dtype == w.dtype and np.array_equal(found[name], w)
        for name, w in expected.items()
    )
