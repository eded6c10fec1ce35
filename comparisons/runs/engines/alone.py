"""One run at a time on the whole machine: every run is timed."""

import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime

from comparisons.runs.engines.engine import (
    BASELINES,
    REQUIRED,
    TIMED,
    Finished,
    Watch,
    WorkItem,
)
from comparisons.runs.processes import Worker, WorkerError
from comparisons.worker.messages import Emit, Message

Row = tuple[str, str]

FIRST = ""
"""Of checks, in place of a framework: those made before any run."""


class Alone:
    """A process for each row, of which one trains while the others wait.

    workers: framework and cell, a row of the table -> its process.
    """

    timing = TIMED

    def __init__(self, timeout: float):
        self.timeout = timeout
        self.workers: dict[Row, Worker] = {}
        self.cleanup = ExitStack()

    def finish(
        self, items: Sequence[WorkItem], watch: Watch
    ) -> Generator[Finished, None, None]:
        """Run by run; before the first of a framework, its checks at once."""
        runs = [item for item in items if item.kind == "run"]
        last = {item.row: number for number, item in enumerate(runs)}
        checks: dict[str, list[WorkItem]] = {}
        for item in items:
            if item.kind != "run":
                checks.setdefault(needed_by(item), []).append(item)
        for number, item in enumerate(runs):
            due = checks.pop(FIRST, []) + checks.pop(item.run.framework, [])
            yield from self._check(due, set(last), watch)
            watch.begin(item)
            worker = self._worker(item.row)
            yield item, measured(worker, item, self.timeout, watch.event)
            if last[item.row] == number:
                self.workers[item.row].end()  # idle ones cost time
        left = [item for found in checks.values() for item in found]
        yield from self._check(left, set(last), watch)  # of rows without a run

    def close(self) -> None:
        self.cleanup.close()

    def _check(
        self, items: list[WorkItem], training: set[Row], watch: Watch
    ) -> Generator[Finished, None, None]:
        """Start their processes at once: imports and checks are not timed.

        Of rows that have nothing to train, too: a check that is missing or
        failed is made.
        """
        workers = {item.row: self._worker(item.row) for item in items}
        for item in items:
            workers[item.row].send(item.job, item.run, item.request)
        for item in items:
            watch.begin(item)
            yield item, received(workers[item.row], self.timeout)
        for row in workers.keys() - training:
            workers[row].end()

    def _worker(self, row: Row) -> Worker:
        """The row's process; a dead one is replaced."""
        worker = self.workers.get(row)
        if worker is None or not worker.alive:
            worker = self.workers[row] = Worker()
            self.cleanup.callback(worker.end)
        return worker


def needed_by(item: WorkItem) -> str:
    """The framework whose runs wait for a check, or FIRST.

    A framework without a required device ends the comparison, so that it is
    found before any run.
    """
    required = item.run.device in REQUIRED
    return FIRST if item.row == BASELINES or required else item.run.framework


def received(worker: Worker, timeout: float) -> Message:
    """The fields of a check, whatever became of it."""
    try:
        fields: Message = worker.receive(timeout, ignored)["result"]
    except WorkerError as error:
        return error.fields
    return fields


def ignored(message: Message) -> None:
    pass


def measured(
    worker: Worker, item: WorkItem, timeout: float, on_event: Emit = ignored
) -> Message:
    """The fields of a run, whatever became of it, with when and how long."""
    began = datetime.now(UTC).isoformat(timespec="seconds")
    since = time.perf_counter()
    try:
        answer = worker.ask(
            *(item.job, item.run, timeout, on_event), **item.request
        )
        fields: Message = answer["result"]
    except WorkerError as error:
        fields = error.fields
    return fields | {"began": began, "seconds": time.perf_counter() - since}
