"""From a plan to records: workers, equivalence checks, rounds of seeds."""

import time
from contextlib import ExitStack
from datetime import UTC, datetime
from operator import attrgetter

from comparisons.arguments.options import Options
from comparisons.records.examples import examples_file
from comparisons.records.record import record_of
from comparisons.records.spec import Record
from comparisons.records.store import Store
from comparisons.runs.plan import Plan
from comparisons.runs.processes import Worker, WorkerError
from comparisons.runs.progress import Silence
from comparisons.worker.messages import Message
from shared.errors import DeviceError
from shared.exhibits.names import row_name
from shared.specs import RunSpec

row_of = attrgetter("framework", "cell")

BASELINES = ("baselines", "")
"""The row of the process that computes baselines."""

JOBS = {"baselines": "baselines", "equivalence": "short"}
"""Kind of a record -> the job that finds its fields."""


class Runner:
    """Runs a plan into a store; finished runs are not repeated.

    workers: framework and cell, a row of the table -> its process.
    """

    def __init__(
        self, plan: Plan, store: Store, options: Options, progress: Silence
    ):
        self.plan, self.store, self.options = plan, store, options
        self.progress = progress
        self.workers: dict[tuple[str, str], Worker] = {}
        self.cleanup = ExitStack()

    def run(self) -> None:
        """Check equivalence, then train seed by seed; always end workers."""
        todo = [run for run in self.plan.runs if self._wanted(run)]
        for line in self.plan.data_summary if todo else ():
            self.progress.say(line)
        last = {row_of(run): number for number, run in enumerate(todo, 1)}
        with self.cleanup:
            self._start(set(last))
            for number, run in enumerate(todo, 1):
                setting = self.plan.setting(run)
                self.progress.begin(run, number, len(todo), setting)
                self._train(run)
                if last[row_of(run)] == number:
                    self.workers[row_of(run)].end()  # idle ones cost time

    def keys(self) -> list[str]:
        """The keys of all records of the plan, in its order."""
        kinds = ("run", "baselines", "equivalence")
        return [
            self.plan.key(kind, run) for run in self.plan.runs for kind in kinds
        ]

    def _wanted(self, run: RunSpec) -> bool:
        """Whether a run is pending; unavailable runs are recorded."""
        reason = self.plan.unavailable.get(run.framework)
        if reason is None:
            return self._pending("run", run)
        self._append("run", run, {"status": "unavailable", "error": reason})
        return False

    def _pending(self, kind: str, run: RunSpec) -> bool:
        finished = self.store.finished(self.plan.key(kind, run))
        return self.options.fresh or not finished

    def _start(self, training: set[tuple[str, str]]) -> None:
        """Start all processes at once: imports and checks are not timed.

        Of rows that have nothing to train, too: a check that is missing or
        failed is made.
        """
        jobs = self._checks()
        if jobs:
            self.progress.say(
                "starting the frameworks and proving that they hold the same "
                "model"
            )
        workers = {row: self._worker(row) for *_, row in jobs}
        for kind, run, row in jobs:
            workers[row].send(JOBS[kind], run, {})
        for number, (kind, run, row) in enumerate(jobs, 1):
            self.progress.prepare(preparation(row), number, len(jobs))
            self._receive(kind, run, workers[row])
        for row in workers.keys() - training:
            workers[row].end()

    def _checks(self) -> list[tuple[str, RunSpec, tuple[str, str]]]:
        """Kind, run, and process of all baselines and checks to record."""
        of_data: dict[str, RunSpec] = {}
        for run in self.plan.runs:
            of_data.setdefault(self.plan.key("baselines", run), run)
        jobs = [
            ("baselines", run, BASELINES)
            for key, run in of_data.items()
            if not self.store.finished(key)
        ]
        jobs += [
            ("equivalence", run, row_of(run))
            for run in self.plan.proved
            if run.framework not in self.plan.unavailable
            and self._pending("equivalence", run)
        ]
        return jobs

    def _receive(self, kind: str, run: RunSpec, worker: Worker) -> None:
        timeout = self.options.timeout
        try:
            fields = worker.receive(timeout, lambda message: None)["result"]
        except WorkerError as error:
            self._append(kind, run, error.fields)
            if error.status == "unavailable" and run.device == "gpu":
                raise DeviceError(str(error)) from error
        else:
            self._append(kind, run, fields)

    def _train(self, run: RunSpec) -> None:
        key = self.plan.key("run", run)
        name = f"{'-'.join(row_of(run))}-{run.seed}-{key[:8]}.safetensors"
        file = self.options.out.resolve() / "checkpoints" / name
        path = str(file) if self.options.checkpoints else None
        examples = examples_file(self.options.out.resolve(), key)
        worker, timeout = self._worker(row_of(run)), self.options.timeout
        self.store.check()  # not hours of work for a folder that is gone
        began = datetime.now(UTC).isoformat(timespec="seconds")
        since = time.perf_counter()
        try:
            extra: Message = {"checkpoint": path, "examples": str(examples)}
            if self.plan.fit_quality:
                extra["fit_quality"] = True
            answer = worker.ask("run", run, timeout, self._on_epoch, **extra)
            fields = answer["result"]
        except WorkerError as error:
            fields = error.fields
        fields |= {"began": began, "seconds": time.perf_counter() - since}
        self.progress.end(self._append("run", run, fields))

    def _on_epoch(self, message: Message) -> None:
        self.store.check()
        self.progress.epoch(message)

    def _worker(self, row: tuple[str, str]) -> Worker:
        """The row's process; a dead one is replaced."""
        worker = self.workers.get(row)
        if worker is None or not worker.alive:
            worker = self.workers[row] = Worker()
            self.cleanup.callback(worker.end)
        return worker

    def _append(self, kind: str, run: RunSpec, fields: Message) -> Record:
        record = record_of(
            *(kind, self.plan.key(kind, run), run, self.plan.command),
            versions=self.plan.versions(run),
            **fields,
        )
        if not self._known_absence(record):
            self.store.append(record)
        return record

    def _known_absence(self, record: Record) -> bool:
        """Whether the last record of this key is unavailable as this is."""
        if record.status != "unavailable":
            return False
        same = [r for r in self.store.records if r.key == record.key]
        return bool(same) and same[-1].error == record.error


def preparation(row: tuple[str, str]) -> str:
    """What the first process of a row does."""
    if row == BASELINES:
        return "computing the baselines"
    return f"proving {row_name(*row)}"
