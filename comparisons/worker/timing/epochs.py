"""Timing the epochs of several trainings in turn."""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

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


def timed_in_rounds(
    fits: Mapping[str, Callable[..., None]],
) -> dict[str, list[float]]:
    """Seconds of the epochs of several `fit`, one epoch of each in a round.

    Each trains in a thread of its own, which runs while the others wait. The
    first epoch, which compiles, is not counted.
    """
    seconds: dict[str, list[float]] = {kind: [] for kind in fits}
    turns = [threading.Semaphore(0) for _ in fits]
    stopped = threading.Event()

    def train(number: int, kind: str) -> None:
        turn, following = turns[number], turns[(number + 1) % len(turns)]
        turn.acquire()
        since = [time.perf_counter()]

        def on_epoch_end(epoch: int, loss: float) -> bool:
            seconds[kind].append(time.perf_counter() - since[0])
            following.release()
            turn.acquire()
            since[0] = time.perf_counter()
            return stopped.is_set()

        try:
            fits[kind](on_epoch_end)
        except Exception:
            stopped.set()
            for one in turns:  # all others end at their next turn
                one.release()
            raise
        following.release()

    turns[0].release()
    with ThreadPoolExecutor(len(fits)) as pool:
        list(pool.map(train, range(len(fits)), fits))
    return {kind: values[1:] for kind, values in seconds.items()}
