"""Timing the epochs of several trainings in turn."""

import time
from collections.abc import Callable, Mapping

import numpy as np

TURNS = 3
"""How often `timed_in_turn` changes from kind to kind."""


def timed_epochs(
    fit: Callable[[Callable[[int, float], bool]], None],
) -> list[float]:
    """Seconds of each epoch of a `fit` but the first, which compiles."""
    since = [time.perf_counter()]

    def on_epoch_end(epoch: int, loss: float) -> bool:
        since.append(time.perf_counter())
        return False

    fit(on_epoch_end)
    seconds: list[float] = np.diff(since)[1:].tolist()
    return seconds


def timed_in_turn(
    fits: Mapping[str, Callable[..., None]],
) -> dict[str, list[float]]:
    """Seconds of the epochs of several `fit`, in TURNS from one to another."""
    seconds: dict[str, list[float]] = {kind: [] for kind in fits}
    for _ in range(TURNS):
        for kind, fit in fits.items():
            seconds[kind] += timed_epochs(fit)
    return seconds
