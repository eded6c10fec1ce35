"""The outputs of an answer and of a reference, and how far they differ."""

from collections.abc import Callable
from typing import Any

import numpy as np

from shared.exercises.exercise import Exercise

TOLERANCE = 1e-4
"""Largest deviation of an equal output, relative where it is above 1.

Answers compute in float32, whose rounding grows to some 1e-6 in these few
steps; the mistakes change outputs by 1e-2 and more.
"""

Outputs = list[Any]
"""Each output of a case: an array, or a list of numbers."""


def split_outputs(exercise: Exercise, value: Any) -> Outputs:
    """The outputs in a returned value, one for each name; ValueError."""
    count = len(exercise.returns)
    if count == 1:
        return [value]
    if not isinstance(value, tuple | list) or len(value) != count:
        names = ", ".join(exercise.returns)
        one = isinstance(value, tuple | list)
        found = f"{len(value)} values" if one else "one value"
        raise ValueError(f"returns {found}, not {count}: {names}")
    return list(value)


def outputs_of(
    exercise: Exercise, function: Callable[..., Any]
) -> list[Outputs]:
    """The outputs of a function in numpy for each case."""
    with np.errstate(all="ignore"):
        return [
            [normal_form(one) for one in split_outputs(exercise, function(*a))]
            for a in exercise.drawn
        ]


def normal_form(value: Any) -> Any:
    """A list of numbers as it is, all else as an array of float64."""
    if isinstance(value, list) and not any(np.ndim(one) for one in value):
        return [float(one) for one in value]
    return np.asarray(value, np.float64)


def deviation(found: Any, wanted: Any) -> float:
    """The largest deviation; infinite where shapes, lists or NaN differ."""
    if isinstance(found, list) or isinstance(wanted, list):
        same = isinstance(found, list) and isinstance(wanted, list)
        return 0.0 if same and found == wanted else np.inf
    if found.shape != wanted.shape:
        return np.inf
    if not found.size:
        return 0.0
    scale = np.maximum(1.0, np.abs(wanted))
    with np.errstate(invalid="ignore"):
        difference = np.abs(found - wanted) / scale
    difference = np.where(found == wanted, 0.0, difference)  # also infinite
    difference = np.where(np.isnan(found) & np.isnan(wanted), 0.0, difference)
    return float(np.nan_to_num(difference, nan=np.inf).max())


def largest(found: list[Outputs], wanted: list[Outputs]) -> float:
    """The largest deviation of all outputs in all cases."""
    return max(
        deviation(a, b)
        for ours, theirs in zip(found, wanted, strict=True)
        for a, b in zip(ours, theirs, strict=True)
    )
