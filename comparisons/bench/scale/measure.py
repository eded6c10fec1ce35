"""One engine measured: the runner's time, memory, and bytes of each run."""

import pickle
import resource
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from typing import Any

from comparisons.arguments.options import Options, parse_options
from comparisons.records.environment import commit, machine, peak_memory_mb
from comparisons.records.reading import read_all
from comparisons.records.spec import Record
from comparisons.records.store import Store
from comparisons.runs.engines.engine import (
    Engine,
    Finished,
    Watch,
    WorkItem,
)
from comparisons.runs.engines.select import engine_of
from comparisons.runs.plan import Plan, make_plan
from comparisons.runs.processes import Worker
from comparisons.runs.progress import Silence
from comparisons.runs.runner import Runner
from shared.tasks.files import use_file

TASK = Path(__file__).with_name("task.py")
CELLS = ("gru", "lstm")
WARM = 0.1
"""Share of the runs that are not counted: workers start and import."""

REQUESTS = 40
"""Requests of one worker of which the cost of its pipe is the median."""


@dataclass
class Timed:
    """An engine, and when each of its runs arrived, in seconds.

    seconds: of each run, from the request to its worker to the answer; sizes:
    bytes of what an engine of several machines sends.
    """

    engine: Engine
    arrivals: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    @property
    def timing(self) -> str:
        return self.engine.timing

    def finish(
        self, items: Sequence[WorkItem], watch: Watch
    ) -> Generator[Finished, None, None]:
        for item, fields in self.engine.finish(items, watch):
            if item.kind == "run":
                self.arrivals.append(time.perf_counter())
                self.seconds.append(fields["seconds"])
                self.sizes.append(len(pickle.dumps(fields)))
            yield item, fields

    def close(self) -> None:
        self.engine.close()


class TimedStore(Store):
    """A store, and the seconds of each of its records."""

    def __init__(self, folder: Path):
        super().__init__(folder)
        self.seconds: list[float] = []

    def append(self, record: Record, sync: bool = True) -> None:
        begin = time.perf_counter()
        super().append(record, sync)
        self.seconds.append(time.perf_counter() - begin)


def measure(engine: str, jobs: int, runs: int, out: Path) -> dict[str, Any]:
    """Do so many runs; what each cost, in milliseconds, MB, and bytes."""
    options = parse_options(
        [
            *(f"--task={use_file(TASK)}", "--frameworks", "pytorch"),
            *("--cells", *CELLS, "--seeds", str(max(1, runs // len(CELLS)))),
            *("--engine", engine, "--jobs", str(jobs), "--threads", "1"),
            *("--checkpoints", "off", "--quiet", "--out", str(out)),
        ]
    )
    store, plan = TimedStore(out), make_plan(options, "")
    timed = Timed(engine_of(options))
    runner = Runner(plan, store, options, Silence(), timed)
    begin, used = time.perf_counter(), cpu_seconds()
    runner.run()
    used, count = cpu_seconds() - used, len(timed.arrivals)
    store.close()
    found = {
        "engine": engine,
        "jobs": jobs,
        "runs": count,
        "startup_s": timed.arrivals[0] - begin,
        "run_ms": 1e3 * median(timed.seconds),
        "dispatch_ms": 1e3 * dispatch_seconds(timed, jobs),
        "pipe_ms": 1e3 * pipe_seconds(plan, options),
        "driver_ms": 1e3 * used / len(store.seconds),
        "append_ms": 1e3 * mean(store.seconds),
        "peak_mb": peak_memory_mb(),
        "record_bytes": store.path.stat().st_size / count,
        "sent_bytes": mean(timed.sizes),
        "read_ms": 1e3 * read_seconds(store.path) / count,
    }
    rounded = {
        name: round(value, 3) if isinstance(value, float) else value
        for name, value in found.items()
    }
    return rounded | {"machine": machine(), "commit": commit()}


def cpu_seconds() -> float:
    """Of this process with all its threads, not of its workers."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def dispatch_seconds(timed: Timed, jobs: int) -> float:
    """Time of a slot between two runs: the wall time less that of the runs."""
    first = int(WARM * len(timed.arrivals))
    wall = timed.arrivals[-1] - timed.arrivals[first]
    busy = timed.seconds[first + 1 :]
    return (jobs * wall - sum(busy)) / max(1, len(busy))


def pipe_seconds(plan: Plan, options: Options) -> float:
    """What a request costs besides its job: two lines of JSON and a pipe."""
    worker, run, found = Worker(), plan.runs[0], []
    try:
        for _ in range(REQUESTS):
            begin = time.perf_counter()
            answer = worker.ask("run", run, options.timeout)
            found.append(time.perf_counter() - begin - answer["seconds"])
    finally:
        worker.end()
    return median(found)


def read_seconds(path: Path) -> float:
    begin = time.perf_counter()
    read_all(path)
    return time.perf_counter() - begin
