"""From a plan to records: what is left to do, and what an engine finds."""

from collections import Counter
from contextlib import closing
from operator import attrgetter

from comparisons.arguments.options import Options
from comparisons.frameworks import installed_versions
from comparisons.records.examples import examples_file
from comparisons.records.record import record_of
from comparisons.records.spec import Record
from comparisons.records.store import Store
from comparisons.runs.engines.engine import (
    BASELINES,
    TIMED,
    Engine,
    WorkItem,
)
from comparisons.runs.engines.select import engine_of
from comparisons.runs.plan import Plan
from comparisons.runs.progress import Silence
from comparisons.worker.messages import Message
from shared.errors import DeviceError
from shared.exhibits.names import row_name
from shared.specs import RunSpec

REQUIRED = ("gpu", "mps")
"""Devices whose absence ends the comparison."""

row_of = attrgetter("framework", "cell")


class Runner:
    """Runs a plan into a store; finished runs are not repeated.

    engine: what executes the runs; that of the options, unless given. begun,
    counts: the items begun, and all of them, by whether they are runs.
    """

    def __init__(
        self,
        plan: Plan,
        store: Store,
        options: Options,
        progress: Silence,
        engine: Engine | None = None,
    ):
        self.plan, self.store, self.options = plan, store, options
        self.progress = progress
        self.engine = engine or engine_of(options)
        self.begun, self.counts = Counter[bool](), Counter[bool]()

    def run(self) -> None:
        """Check equivalence, then train seed by seed; always end workers."""
        with closing(self.engine):
            todo = [run for run in self.plan.runs if self._pending("run", run)]
            for line in self.plan.data_summary if todo else ():
                self.progress.say(line)
            checks = self._checks()
            if checks:
                self.progress.say(
                    "starting the frameworks and proving that they hold the "
                    "same model"
                )
            items = [*checks, *map(self._item, todo)]
            self.counts = Counter(item.kind == "run" for item in items)
            with closing(self.engine.finish(items, self)) as finished:
                for item, fields in finished:
                    self._record(item, fields)

    def keys(self) -> list[str]:
        """The keys of all records of the plan, in its order."""
        kinds = ("run", "baselines", "equivalence")
        return [
            self.plan.key(kind, run) for run in self.plan.runs for kind in kinds
        ]

    def say(self, text: str) -> None:
        """A line of the engine."""
        self.progress.say(text)

    def begin(self, item: WorkItem) -> None:
        """Show what is waited for."""
        is_run = item.kind == "run"
        self.begun[is_run] += 1
        number, count = self.begun[is_run], self.counts[is_run]
        if is_run:
            self.store.check()  # not hours of work for a folder that is gone
            setting = self.plan.setting(item.run)
            self.progress.begin(item.run, number, count, setting)
        else:
            self.progress.prepare(preparation(item.row), number, count)

    def event(self, message: Message) -> None:
        """Show the progress of a run."""
        self.store.check()
        self.progress.epoch(message)

    def _pending(self, kind: str, run: RunSpec) -> bool:
        timed = self.engine.timing == TIMED
        finished = self.store.finished(self.plan.key(kind, run), timed)
        return self.options.fresh or not finished

    def _checks(self) -> list[WorkItem]:
        """All baselines and checks to record."""
        of_data: dict[str, RunSpec] = {}
        for run in self.plan.runs:
            of_data.setdefault(self.plan.key("baselines", run), run)
        return [
            *(
                WorkItem("baselines", key, run)
                for key, run in of_data.items()
                if not self.store.finished(key)
            ),
            *(
                WorkItem("equivalence", self.plan.key("equivalence", run), run)
                for run in self.plan.proved
                if self._pending("equivalence", run)
            ),
        ]

    def _item(self, run: RunSpec) -> WorkItem:
        """A run, and where its files go."""
        key, out = self.plan.key("run", run), self.options.out.resolve()
        name = f"{'-'.join(row_of(run))}-{run.seed}-{key[:8]}.safetensors"
        path = str(out / "checkpoints" / name)
        request: Message = {
            "checkpoint": path if self.options.checkpoints else None,
            "examples": str(examples_file(out, key)),
        }
        if self.plan.fit_quality:
            request["fit_quality"] = True
        return WorkItem("run", key, run, request)

    def _record(self, item: WorkItem, fields: Message) -> None:
        if item.kind == "run":
            fields = {"timing": self.engine.timing} | fields
        record = self._append(item.kind, item.run, fields)
        if item.kind == "run":
            self.progress.end(record)
        elif record.status == "unavailable" and item.run.device in REQUIRED:
            raise DeviceError(record.error)

    def _append(self, kind: str, run: RunSpec, fields: Message) -> Record:
        given: Message = {"versions": installed_versions(run.framework)}
        given |= fields
        record = record_of(
            *(kind, self.plan.key(kind, run), run, self.plan.command), **given
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
