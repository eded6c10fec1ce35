"""Searches whose trainings are computed by a formula, in no time."""

from __future__ import annotations

import math
import queue
import threading

from comparisons.runs.processes import WorkerError

EPOCHS = 4
SPACE = ("hidden_size=2..9", "learning_rate=1e-4..1e-1:log", "num_layers=1,2")
SINE = (
    *("--task", "sine", "--preset", "quick", "--train-sequences", "380"),
    *("--validation-sequences", "40", "--test-sequences", "10"),
    *("--test-forecasts", "4", "--epochs", str(EPOCHS)),
    *("--frameworks", "pytorch", "--cells", "rnn", "gru"),
)


def error_of(run, epoch):
    """A validation error: least at learning rate 0.01, less by the epoch."""
    distance = abs(math.log10(run.train.learning_rate) + 2)
    return distance + run.model.num_layers + 1 / (epoch + 1)


class Scripted:
    """A worker that answers a trial by a formula.

    trained: the runs, of all workers; faults: number of a run, from 0 -> what
    is raised after its first epoch, or the status with which it ends there.
    """

    alive = True
    lock = threading.Lock()
    trained: list = []
    faults: dict = {}
    score = staticmethod(error_of)

    def __init__(self, cores=()):
        self.replies = queue.Queue()

    def reply(self, message):
        self.replies.put(message["prune"])

    def end(self):
        self.replies.put(None)

    def ask(self, job, run, timeout, on_event):
        assert job == "trial"
        with self.lock:
            fault = self.faults.get(len(self.trained))
            self.trained.append(run)
        epochs = []
        for number in range(run.train.epochs):
            value = self.score(run, number)
            entry = {"epoch": number, "loss": 1.0, "seconds": 0.5}
            epochs.append({**entry, "validation": value})
            message = {"event": "epoch", "epochs": run.train.epochs}
            on_event({**message, **epochs[-1]})
            try:
                pruned = self.replies.get(timeout=60.0)
            except queue.Empty:  # nobody ended it: no thread stays for ever
                raise failure("timeout") from None
            if pruned is None:
                raise failure("failed")
            if isinstance(fault, BaseException):
                raise fault
            if fault:
                return {"result": self.fields(run, epochs, fault)}
            if pruned:
                return {"result": self.fields(run, epochs, "pruned")}
        return {"result": self.fields(run, epochs, "ok")}

    def fields(self, run, epochs, status):
        return {
            "status": status,
            "epochs": epochs,
            "metric": "rmse",
            "parameters": 10 * run.model.hidden_size,
        }


def failure(status):
    return WorkerError(status, "it failed", "")
