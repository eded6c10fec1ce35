"""A training against the clock: it ends with the score that it is to reach."""

import math
import time
from contextlib import suppress
from statistics import median
from typing import Any

from comparisons.worker.data import load_dataset
from comparisons.worker.jobs import Job
from comparisons.worker.messages import REACHED, Message
from comparisons.worker.recorder import DivergedError, Recorder
from comparisons.worker.train import prepare


def run_to_target(job: Job) -> Message:
    """Train until a validation reaches the target; its times and scores.

    Request: `target`, a validation metric; `validate_from`, the first epoch
    validated, from 1; `since`, `time.perf_counter()` before the process
    started, by a clock that all processes share. A loss that is not finite
    ends the training without the target.
    """
    started = time.perf_counter()
    dataset = load_dataset(job.run)
    loaded = time.perf_counter()
    recorder = prepare(job.run, job.implementation, job.emit)
    finish = Finish(recorder, **job.request)
    with suppress(DivergedError):  # the last lap has the loss
        job.implementation.fit(
            recorder.model, dataset.train, job.run.train, finish.on_epoch_end
        )
    parts = {
        "start": started - finish.since,
        "data": loaded - started,
        "model": finish.began - loaded,
        "training": sum(finish.training),
        "validation": sum(finish.validation),
    }
    return {
        "metric": recorder.task.validation_metric,
        "parameters": job.implementation.count_parameters(recorder.model),
        "data_hashes": dict(dataset.hashes),
        "attempt": {
            "seed": job.run.seed,
            "parts": parts,
            "compile": compile_seconds(finish.training),
            "laps": finish.laps,
        },
    }


def compile_seconds(epochs: list[float]) -> float | None:
    """What the first epoch takes beyond the later ones."""
    first, *later = epochs
    return max(0.0, first - median(later)) if later else None


class Finish:
    """Validates after each epoch from one on, and stops at the target."""

    def __init__(
        self,
        recorder: Recorder,
        target: float,
        validate_from: int,
        since: float,
    ) -> None:
        self.recorder, self.target = recorder, target
        self.validate_from, self.since = validate_from, since
        self.laps: list[dict[str, Any]] = []
        self.training: list[float] = []  # seconds of each epoch
        self.validation: list[float] = []  # seconds of each validation
        self.began = self.last = time.perf_counter()

    def on_epoch_end(self, epoch: int, loss: float) -> bool:
        """Record the epoch; True once the target is reached."""
        now = time.perf_counter()
        self.training.append(now - self.last)
        lap = {"epoch": epoch, "loss": loss, "seconds": now - self.since}
        self.laps.append(lap)
        if not math.isfinite(loss):
            raise DivergedError(f"the loss of epoch {epoch} is {loss}")
        stop = False
        if epoch + 1 >= self.validate_from:
            lap["validation"] = value = self.recorder.validate()
            stop = self.is_reached(value)
            if stop:
                self.recorder.emit({"event": REACHED})
        self.last = time.perf_counter()
        lap["seconds"] = self.last - self.since
        self.validation.append(self.last - now)
        epochs = self.recorder.train.epochs
        self.recorder.emit({"event": "epoch", "epochs": epochs, **lap})
        return stop

    def is_reached(self, value: float) -> bool:
        if self.recorder.task.validation_better == "higher":
            return value >= self.target
        return value <= self.target
