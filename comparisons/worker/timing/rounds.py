"""Timing several trainings in turn, an epoch of each at a time."""

import threading
import time
from collections.abc import Callable, Mapping

Fit = Callable[[Callable[[int, float], bool]], None]
"""A training that calls its argument after each epoch, until that is true."""


class Turns(threading.Thread):
    """A training that goes on for one epoch at a time."""

    def __init__(self, fit: Fit):
        super().__init__(daemon=True)
        self.fit = fit
        self.go, self.done = threading.Semaphore(0), threading.Semaphore(0)
        self.stopping = False
        self.error: BaseException | None = None
        self.start()

    def run(self) -> None:
        """Train until stopped; an error is kept for the thread that waits."""
        self.go.acquire()
        try:
            if not self.stopping:
                self.fit(self.on_epoch_end)
        except BaseException as error:  # noqa: BLE001 - `epoch` raises it
            self.error = error
        self.done.release()

    def on_epoch_end(self, epoch: int, loss: float) -> bool:
        """Wait for the next turn; the training ends if there is none."""
        self.done.release()
        self.go.acquire()
        return self.stopping

    def epoch(self) -> float:
        """Train for one epoch; its seconds."""
        since = time.perf_counter()
        self.go.release()
        self.done.acquire()
        if self.error is not None:
            raise self.error
        return time.perf_counter() - since

    def end(self) -> None:
        """Let the training end."""
        self.stopping = True
        self.go.release()
        self.join()


def timed_rounds(
    fits: Mapping[str, Fit], rounds: int
) -> dict[str, list[float]]:
    """Seconds of an epoch of each `fit` in every round.

    A first epoch of each compiles and is not counted. Each round begins with
    the next `fit`, so that none always follows the same one.
    """
    turns = {name: Turns(fit) for name, fit in fits.items()}
    seconds: dict[str, list[float]] = {name: [] for name in fits}
    names = list(fits)
    try:
        for turn in turns.values():
            turn.epoch()
        for number in range(rounds):
            first = number % len(names)
            for name in names[first:] + names[:first]:
                seconds[name].append(turns[name].epoch())
    finally:
        for turn in turns.values():
            turn.end()
    return seconds
