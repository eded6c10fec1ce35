"""From a plan to records: workers, equivalence checks, rounds of seeds."""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from datetime import UTC, datetime
from operator import attrgetter

from comparisons.arguments.options import Options
from comparisons.frameworks import get_framework, installed_versions
from comparisons.records.environment import code_hash
from comparisons.records.record import RunRecord, record_of
from comparisons.records.spec import Record
from comparisons.records.store import Store, key_of
from comparisons.runs.plan import Plan
from comparisons.runs.processes import Worker, WorkerError
from comparisons.runs.progress import Silence
from comparisons.worker.messages import Message
from shared.errors import DeviceError
from shared.specs import RunSpec

row_of = attrgetter("framework", "cell")


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
        self.started: list[Worker] = []

    def run(self) -> None:
        """Check equivalence, then train seed by seed; always end workers."""
        todo = list(filter(self._wanted, self.plan.runs))
        for line in self.plan.data_summary if todo else ():
            self.progress.say(line)
        try:
            self._start(todo)
            for number, run in enumerate(todo, 1):
                self.progress.begin(run, number, len(todo))
                self._train(run)
                if row_of(run) not in map(row_of, todo[number:]):
                    self.workers[row_of(run)].end()  # idle ones cost time
        finally:
            for worker in self.started:
                worker.end()

    def keys(self) -> list[str]:
        """The keys of all records of the plan, in its order."""
        kinds = ("run", "baselines", "equivalence")
        return [self.key(kind, run) for run in self.plan.runs for kind in kinds]

    def key(self, kind: str, run: RunSpec) -> str:
        """A digest of what decides a record: its spec, code and versions."""
        if kind == "baselines":
            data = [run.task, run.seed, asdict(run.data)]
            return key_of(kind, data, code_hash("shared"))
        if kind == "equivalence":
            run = replace(run, seed=0)
        code = code_hash(get_framework(run.framework).package)
        return key_of(kind, asdict(run), code, self._versions(run))

    def _wanted(self, run: RunSpec) -> bool:
        """Whether a run is pending; unavailable runs are recorded."""
        reason = self.plan.unavailable.get(run.framework)
        if reason is None:
            return self._pending("run", run)
        if self.key("run", run) not in {r.key for r in self.store.records}:
            self._append("run", run, {"status": "unavailable", "error": reason})
        return False

    def _pending(self, kind: str, run: RunSpec) -> bool:
        finished = self.store.finished(self.key(kind, run))
        return self.options.fresh or not finished

    def _start(self, todo: list[RunSpec]) -> None:
        """Start all processes at once: imports and checks are not timed."""
        firsts = {row_of(run): run for run in reversed(todo)}
        unchecked = [
            run for run in firsts.values() if self._pending("equivalence", run)
        ]
        rows = len(self.options.frameworks) * len(self.options.cells)
        seeds = [
            run
            for run in self.plan.runs[::rows]
            if not self.store.finished(self.key("baselines", run))
        ]
        if not unchecked and not seeds:
            return
        self.progress.say(
            "starting the frameworks and proving that they hold the same model"
        )
        for run in unchecked:
            self._worker(run).send("short", run, {})
        plain = self._new_worker()
        for run in seeds:
            plain.send("baselines", run, {})
        for run in seeds:
            self._collect("baselines", run, plain)
        plain.end()
        for run in unchecked:
            self._collect("equivalence", run, self.workers[row_of(run)])

    def _collect(self, kind: str, run: RunSpec, worker: Worker) -> None:
        try:
            answer = worker.receive(self.options.timeout, lambda message: None)
        except WorkerError as error:
            self._append(kind, run, error.fields)
            if error.status == "unavailable" and run.device == "gpu":
                raise DeviceError(str(error)) from error
        else:
            self._append(kind, run, answer["result"])

    def _train(self, run: RunSpec) -> None:
        path = None
        if self.options.checkpoints:
            name = f"{run.framework}-{run.cell}-{run.seed}"
            name += f"-{self.key('run', run)[:8]}.safetensors"
            path = str(self.options.out.resolve() / "checkpoints" / name)
        worker, timeout = self._worker(run), self.options.timeout
        began = datetime.now(UTC).isoformat(timespec="seconds")
        since = time.perf_counter()
        try:
            answer = worker.ask(
                "run", run, timeout, self.progress.epoch, checkpoint=path
            )
            fields = answer["result"]
        except WorkerError as error:
            fields = error.fields
        fields |= {"began": began, "seconds": time.perf_counter() - since}
        record = self._append("run", run, fields)
        assert isinstance(record, RunRecord)
        self.progress.end(record)

    def _worker(self, run: RunSpec) -> Worker:
        """The row's process; a dead one is replaced."""
        worker = self.workers.get(row_of(run))
        if worker is None or not worker.alive:
            worker = self.workers[row_of(run)] = self._new_worker()
        return worker

    def _new_worker(self) -> Worker:
        """A process that ends with the comparison at the latest."""
        self.started.append(Worker())
        return self.started[-1]

    def _versions(self, run: RunSpec) -> dict[str, str]:
        """The framework's versions; none where it is not installed."""
        missing = run.framework in self.plan.unavailable
        return {} if missing else installed_versions(run.framework)

    def _append(self, kind: str, run: RunSpec, fields: Message) -> Record:
        """Complete a record and write it."""
        record = record_of(
            *(kind, self.key(kind, run), run, self.plan.command),
            versions=self._versions(run),
            **fields,
        )
        self.store.append(record)
        return record
