"""Step and compilation times of a record."""

from __future__ import annotations

from typing import Any

import numpy as np


def step_seconds(record: dict[str, Any]) -> list[float]:
    """Seconds a step of each epoch but the first, which compiles."""
    epochs, steps = record["epochs"], record["steps_per_epoch"]
    return [epoch["seconds"] / steps for epoch in epochs[1:]]


def compile_seconds(record: dict[str, Any]) -> float:
    """What the first epoch took beyond the median of the others."""
    first = record["epochs"][0]["seconds"]
    later = step_seconds(record)
    if not later:
        return float("nan")
    usual = float(np.median(later)) * record["steps_per_epoch"]
    return max(0.0, first - usual)
