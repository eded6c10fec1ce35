"""Training on arrays in a process of the framework, which stays warm."""

from __future__ import annotations

import atexit
import os
import tempfile
import threading
from pathlib import Path

import numpy as np

from comparisons.runs.processes import Worker, WorkerError
from shared.errors import UserError
from shared.specs import RunSpec, Split, Weights

_workers: dict[tuple[int, str, str, int], Worker] = {}
_lock = threading.Lock()


def fit(run: RunSpec, split: Split, timeout: float) -> tuple[Weights, list]:
    """The trained weights, and the mean loss of each epoch.

    A training that fails, or is not finite, raises `UserError`.
    """
    with _lock, tempfile.TemporaryDirectory(prefix="rnn-") as folder:
        arrays, weights = (Path(folder) / f"{n}.npz" for n in ("in", "out"))
        given = {n: a for n, a in split._asdict().items() if a is not None}
        np.savez(arrays, **given)
        worker, extra = _worker(run), {"arrays": str(arrays)}
        try:
            worker.send("fit", run, extra | {"weights": str(weights)})
            answer = worker.receive(timeout, lambda message: None)
        except WorkerError as error:
            raise UserError(f"the training failed: {error}") from error
        except BaseException:  # it is in the midst of it
            end_workers()
            raise
        with np.load(weights) as found:
            return dict(found), answer["result"]["losses"]


def _worker(run: RunSpec) -> Worker:
    """The process of this framework and machine setup; not a parent's."""
    key = os.getpid(), run.framework, run.device, run.threads
    worker = _workers.get(key)
    if worker is None or not worker.alive:
        worker = _workers[key] = Worker()
    return worker


@atexit.register
def end_workers() -> None:
    """End the processes; a later training starts another one."""
    for (process, *_), worker in _workers.items():
        if process == os.getpid():
            worker.end()
    _workers.clear()
