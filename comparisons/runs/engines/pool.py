"""Several runs at once on one machine, each worker on its own cores."""

import queue
import threading
from collections.abc import Generator, Sequence
from contextlib import suppress

from comparisons.runs.engines.alone import ignored, measured, received
from comparisons.runs.engines.calibration import Calibration
from comparisons.runs.engines.cores import UNPINNED, Cores, can_pin
from comparisons.runs.engines.engine import (
    SCORED,
    TIMED,
    TRAININGS,
    Finished,
    Watch,
    WorkItem,
)
from comparisons.runs.engines.waiting import (
    ANY,
    Program,
    Waiting,
    by_framework,
    by_row,
)
from comparisons.runs.processes import Worker
from comparisons.worker.messages import Emit, Message


class Slot:
    """The cores of one worker at a time, and that worker.

    A worker lives as long as its items need the same program.
    """

    def __init__(self, cores: Cores, timeout: float):
        self.cores, self.timeout = cores, timeout
        self.worker: Worker | None = None
        self.program: Program | None = None
        self.calibration: Calibration | None = None
        self.lock, self.ended = threading.Lock(), False

    def do(
        self, item: WorkItem, program: Program, on_event: Emit = ignored
    ) -> Message:
        """The fields of an item; on_event: gets the messages of a training."""
        worker = self._worker(program)
        if item.kind not in TRAININGS:
            worker.send(item.job, item.run, item.request)
            return received(worker, self.timeout)
        if self.calibration is None:
            fields = measured(worker, item, self.timeout, on_event)
            return fields | {"timing": SCORED}
        before = self.calibration.rate()
        fields = measured(worker, item, self.timeout, on_event)
        quiet = self.calibration.undisturbed(before, self.calibration.rate())
        return fields | {"timing": TIMED if quiet else SCORED}

    def reply(self, message: Message) -> None:
        """Answer a message of the training."""
        if self.worker is not None:
            self.worker.reply(message)

    def end(self) -> None:
        """End the processes, for good."""
        with self.lock:
            self.ended = True
            if self.worker is not None:
                self.worker.end()
            if self.calibration is not None:
                self.calibration.end()

    def _worker(self, program: Program) -> Worker:
        """The process; one that died or has another program is replaced."""
        with self.lock:
            if self.ended:
                raise InterruptedError
            fits = program == ANY or self.program in (None, program)
            if self.worker and not (fits and self.worker.alive):
                self.worker.end()
                self.worker = None
            self.worker = self.worker or Worker(self.cores)
            if program != ANY:
                self.program = program
            return self.worker


class Pool:
    """A thread for each slot hands it items; the caller gets the fields.

    threads: of a run; with them the cores are calibrated before and after
    each run, so that undisturbed ones stay timed. 0: all runs are scored.
    """

    timing = SCORED

    def __init__(
        self, cores: Sequence[Cores], timeout: float, threads: int = 0
    ):
        self.slots = [Slot(share, timeout) for share in cores]
        self.threads = threads
        self.program = by_row if threads else by_framework
        self.waiting = Waiting((), self.program)
        self.found: queue.Queue[Finished | BaseException] = queue.Queue()

    def finish(
        self, items: Sequence[WorkItem], watch: Watch
    ) -> Generator[Finished, None, None]:
        if not items:
            return
        if not can_pin():
            watch.say(UNPINNED)
        for slot in self.slots if self.threads else ():
            slot.calibration = Calibration(slot.cores, self.threads)
        self.waiting = Waiting(items, self.program)
        for slot in self.slots[: len(items)]:
            threading.Thread(target=self._serve, args=[slot]).start()
        for _ in items:
            found = self.found.get()
            if isinstance(found, BaseException):
                raise found
            watch.begin(found[0])
            yield found

    def close(self) -> None:
        self.waiting.clear()
        for slot in self.slots:
            slot.end()

    def _serve(self, slot: Slot) -> None:
        """Give a slot item after item; what it raises is the caller's."""
        with suppress(InterruptedError):
            while item := self.waiting.next(slot.program):
                try:
                    fields = slot.do(item, self.program(item))
                except OSError as error:  # no process, no file
                    self.found.put(error)
                    return
                if not slot.ended:
                    self.found.put((item, fields))
        slot.end()
