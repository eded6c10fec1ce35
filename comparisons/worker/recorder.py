"""What happens between two epochs: clock, validation, early stopping."""

import hashlib
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from comparisons.implementation import Implementation
from comparisons.worker.messages import Emit
from comparisons.worker.scoring import scored_outputs
from shared.batching.batches import batch_monitor, rows_monitor, steps_per_epoch
from shared.specs import Split, TrainSpec, Weights
from shared.task import Dataset, Task

INTERVAL = 1.0
"""Seconds between two messages on how far an epoch is."""


class DivergedError(Exception):
    """The loss, or a score, is not finite."""


class Recorder:
    """Times epochs, validates after each, and decides when to stop.

    The clock is paused during that, so that an epoch's seconds are those of its
    training steps.
    """

    def __init__(
        self,
        implementation: Implementation,
        model: Any,
        task: Task,
        dataset: Dataset,
        train: TrainSpec,
        emit: Emit,
        allowed: np.ndarray | None = None,
    ):
        self.implementation, self.model = implementation, model
        self.task, self.dataset = task, dataset
        self.train, self.emit = train, emit
        self.allowed = allowed  # tags of a CRF
        self.batches = hashlib.sha256()  # of the order that `fit` takes
        self.epochs: list[dict[str, float]] = []
        self.observers: list[Callable[[], None]] = []  # after each epoch
        self.validation_seconds = 0.0
        self.best: tuple[float, int, Weights] | None = None
        self.since = self.reported = time.perf_counter()

    @contextmanager
    def monitoring(self) -> Iterator[None]:
        token = batch_monitor.set(self.on_batch)
        rows_token = rows_monitor.set(self.batches.update)
        try:
            yield
        finally:
            batch_monitor.reset(token)
            rows_monitor.reset(rows_token)

    def on_batch(self, epoch: int, number: int) -> None:
        now = time.perf_counter()
        if now - self.reported < INTERVAL:
            return
        self.reported = now
        done = epoch + number / steps_per_epoch(self.dataset.train, self.train)
        self.emit({"event": "batch", "epochs": self.train.epochs, "done": done})
        self.since += time.perf_counter() - now

    def on_epoch_end(self, epoch: int, loss: float) -> bool:
        """Record the epoch; True after `patience` epochs without progress."""
        now = time.perf_counter()
        entry = {"epoch": epoch, "loss": loss, "seconds": now - self.since}
        self.epochs.append(entry)
        if not math.isfinite(loss):
            raise DivergedError(f"the loss of epoch {epoch} is {loss}")
        value = self.validate()
        entry["validation"] = value
        self.emit({"event": "epoch", "epochs": self.train.epochs, **entry})
        for observe in self.observers:
            observe()
        stop = self.train.patience > 0 and self._is_stale(epoch, value)
        self.since = time.perf_counter()
        self.validation_seconds += self.since - now
        return stop

    def restore_best(self) -> None:
        """Load the weights of the best validated epoch, if any."""
        if self.best is not None:
            self.implementation.load_weights(self.model, self.best[2])

    def outputs(self, split: Split) -> np.ndarray:
        name = self.dataset.model or self.task.model.model
        rollout, ahead = self.dataset.rollout, self.dataset.ahead(split)
        return scored_outputs(
            *(name, self.implementation, self.model, split, rollout, ahead),
            self.allowed,
        )

    def validate(self) -> float:
        """The validation metric of the current weights."""
        outputs = self.outputs(self.dataset.validation)
        scores = self.task.score(outputs, "validation", self.dataset)
        return scores[self.task.validation_metric]

    def _is_stale(self, epoch: int, value: float) -> bool:
        """Keep the best weights; True if the last best is too long ago."""
        cost = value if self.task.validation_better == "lower" else -value
        if self.best is None or cost < self.best[0]:
            weights = self.implementation.export_weights(self.model)
            self.best = (cost, epoch, weights)
        return epoch - self.best[1] >= self.train.patience
