"""From a plan to records: workers, proofs, rounds of seeds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Protocol

from comparisons.arguments.options import Options
from comparisons.frameworks import get_framework, installed_versions
from comparisons.records.environment import code_hash
from comparisons.records.record import Record, RunRecord, record_of
from comparisons.records.store import Store, key_of
from comparisons.runs.plan import Plan
from comparisons.runs.processes import Message, Worker, WorkerError
from shared.errors import DeviceError
from shared.specs import RunSpec

Row = tuple[str, str]
"""A framework and a cell: one process, one row of the table."""


class Progress(Protocol):
    """Receives the runner's progress."""

    def say(self, text: str) -> None: ...

    def begin(self, run: RunSpec, number: int, total: int) -> None: ...

    def epoch(self, message: Message) -> None: ...

    def end(self, record: RunRecord) -> None:
        """The run has its record."""


class Runner:
    """Runs a plan into a store; finished runs are not repeated."""

    def __init__(
        self, plan: Plan, store: Store, choices: Options, progress: Progress
    ):
        self.plan, self.store, self.choices = plan, store, choices
        self.progress = progress
        self.workers: dict[Row, Worker] = {}
        self.started: list[Worker] = []

    def run(self) -> None:
        """Check equivalence, then train seed by seed; always end workers."""
        todo = [run for run in self.plan.runs if self._wanted(run)]
        for line in self.plan.about if todo else ():
            self.progress.say(line)
        try:
            self._start(todo)
            for number, run in enumerate(todo, 1):
                self._train(run, number, len(todo))
                self._release(run, todo[number:])
        finally:
            for worker in self.started:
                worker.end()

    def keys(self) -> list[str]:
        """The keys of all records of the plan, in its order."""
        kinds = ("run", "baselines", "equivalence")
        return [self.key(kind, run) for run in self.plan.runs for kind in kinds]

    def _wanted(self, run: RunSpec) -> bool:
        """Whether a run is pending; unavailable runs are recorded."""
        key = self.key("run", run)
        if run.framework in self.plan.unavailable:
            reason = self.plan.unavailable[run.framework]
            if not any(r.key == key for r in self.store.records):
                fields = {"status": "unavailable", "error": reason}
                self._append("run", run, fields)
            return False
        return self.choices.fresh or not self.store.finished(key)

    def _start(self, todo: list[RunSpec]) -> None:
        """Start all processes at once: imports and checks are not timed."""
        firsts = {(run.framework, run.cell): run for run in reversed(todo)}
        unproved = {r: s for r, s in firsts.items() if self._to_prove(s)}
        unknown = list(self._seeds_without_baselines())
        if not unproved and not unknown:
            return
        self.progress.say(
            "starting the frameworks and proving that they hold the same model"
        )
        for row, run in unproved.items():
            self.workers[row] = self._new_worker()
            self.workers[row].send("short", run, {})
        plain = self._new_worker()
        for run in unknown:
            plain.send("baselines", run, {})
        for run in unknown:
            self._collect("baselines", run, plain)
        plain.end()
        for row, run in unproved.items():
            self._collect("short", run, self.workers[row])

    def _collect(self, job: str, run: RunSpec, worker: Worker) -> None:
        kind = KINDS[job]
        try:
            answer = worker.receive(self.choices.timeout, lambda message: None)
        except WorkerError as error:
            self._append(kind, run, _failure(error))
            if error.status == "unavailable" and run.device == "gpu":
                raise DeviceError(str(error)) from error
        else:
            self._append(kind, run, {"status": "ok", **answer["result"]})

    def _seeds_without_baselines(self) -> Iterator[RunSpec]:
        """One run of each seed without recorded baselines."""
        for run in self.plan.runs[:: self._rows()]:
            if not self.store.finished(self.key("baselines", run)):
                yield run

    def _rows(self) -> int:
        return len(self.choices.frameworks) * len(self.choices.cells)

    def _to_prove(self, run: RunSpec) -> bool:
        key = self.key("equivalence", run)
        return self.choices.fresh or not self.store.finished(key)

    def _train(self, run: RunSpec, number: int, total: int) -> None:
        worker = self._worker(run)
        self.progress.begin(run, number, total)
        began = datetime.now(UTC).isoformat(timespec="seconds")
        since = time.perf_counter()
        try:
            answer = worker.ask(
                "run",
                run,
                self.choices.timeout,
                self.progress.epoch,
                checkpoint=self._checkpoint(run),
            )
            fields = answer["result"]
        except WorkerError as error:
            fields = _failure(error)
        fields |= {"began": began, "seconds": time.perf_counter() - since}
        record = self._append("run", run, fields)
        assert isinstance(record, RunRecord)
        self.progress.end(record)

    def _release(self, run: RunSpec, left: list[RunSpec]) -> None:
        """End a row's process after its last run: idle ones cost time."""
        row = (run.framework, run.cell)
        if row not in {(other.framework, other.cell) for other in left}:
            self.workers[row].end()

    def _checkpoint(self, run: RunSpec) -> str | None:
        if not self.choices.checkpoints:
            return None
        key = self.key("run", run)[:8]
        name = f"{run.framework}-{run.cell}-{run.seed}-{key}.safetensors"
        return str(self.choices.out.resolve() / "checkpoints" / name)

    def _worker(self, run: RunSpec) -> Worker:
        """The row's process; a dead one is replaced."""
        row = (run.framework, run.cell)
        worker = self.workers.get(row)
        if worker is None or not worker.alive:
            worker = self.workers[row] = self._new_worker()
        return worker

    def _new_worker(self) -> Worker:
        """A process that ends with the comparison at the latest."""
        worker = Worker()
        self.started.append(worker)
        return worker

    def key(self, kind: str, run: RunSpec) -> str:
        """What decides a record: its spec, the code and the versions."""
        if kind == "baselines":
            data = [run.task, run.seed, asdict(run.data)]
            return key_of(kind, data, code_hash("shared"))
        if kind == "equivalence":
            run = replace(run, seed=0)
        code = code_hash(get_framework(run.framework).package)
        return key_of(kind, asdict(run), code, self._versions(run))

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


KINDS = {"baselines": "baselines", "short": "equivalence"}


def _failure(error: WorkerError) -> Message:
    return {
        "status": error.status,
        "error": str(error),
        "stderr": error.tail,
    }
