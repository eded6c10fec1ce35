"""From a plan to records: each seed in a cold process, then the checks."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from comparisons.frameworks import installed_versions
from comparisons.records.environment import cpu_count
from comparisons.records.measurements import Equivalence
from comparisons.records.record import record_of
from comparisons.records.speedruns import Speedrun
from comparisons.records.store import Store
from comparisons.runs.engines.cores import Cores, cores_of_workers
from comparisons.runs.processes import Worker, WorkerError
from comparisons.runs.progress import Silence
from comparisons.runs.runner import Runner
from comparisons.speedrun.plan import CORES, Group, Speedruns
from comparisons.worker.messages import REACHED, Emit, Message
from shared.exhibits.names import row_name, score_text
from shared.specs import RunSpec

COLD = {"JAX_ENABLE_COMPILATION_CACHE": "false"}
"""No program that another process compiled is read."""


def race(
    speedruns: Speedruns, store: Store, progress: Silence
) -> list[Speedrun]:
    """The record of each run; what is recorded is not trained again."""
    cores = cores_of_workers(1, min(CORES, cpu_count()))[0]
    found, runs = [], speedruns.runs
    for number, (group, run) in enumerate(runs, 1):
        key = group.key(run)
        if speedruns.options.fresh or not store.finished(key):
            progress.begin(run, number, len(runs))
            record = attempt(group, run, key, speedruns, cores, progress.epoch)
            store.append(record)
            progress.say(f"[{number}/{len(runs)}] {outcome(record)}")
        known = [r for r in store.records if r.key == key]
        assert isinstance(known[-1], Speedrun)
        found.append(known[-1])
    return found


def attempt(
    group: Group,
    run: RunSpec,
    key: str,
    speedruns: Speedruns,
    cores: Cores,
    on_event: Emit,
) -> Speedrun:
    """The record of one seed."""
    began = datetime.now(UTC).isoformat(timespec="seconds")
    limit = speedruns.options.timeout
    answer = cold_run(run, group.request(), limit, cores, on_event)
    record = record_of(
        *("speedrun", key, run, speedruns.command),
        **{**group.fields(run), **answer},
        began=began,
        versions=installed_versions(run.framework),
    )
    assert isinstance(record, Speedrun)
    return record


def cold_run(
    run: RunSpec,
    request: Message,
    timeout: float,
    cores: Cores,
    on_event: Emit,
) -> Message:
    """The fields of a run in a process that is started for it.

    The clock runs from before the process starts until this process knows
    that the target is reached.
    """
    times: list[float] = []

    def notice(message: Message) -> None:
        if message["event"] == REACHED:
            times.append(time.perf_counter() - since)
        else:
            on_event(message)

    since = time.perf_counter()
    worker = Worker(cores, env=COLD)
    try:
        answer = worker.ask(
            "speedrun", run, timeout, notice, since=since, **request
        )
        fields: Message = answer["result"]
        fields["attempt"]["reached"] = next(iter(times), None)
    except WorkerError as error:
        fields = error.fields
    finally:
        worker.end()
    return fields | {"seconds": time.perf_counter() - since}


def outcome(record: Speedrun) -> str:
    """A line on one seed."""
    text = f"{row_name(*record.row)} seed {record.seed}: "
    if record.attempt is None:
        return f"{text}{record.status}: {record.error}"
    score = score_text(record.metric, record.attempt.score)
    if record.reached is None:
        return f"{text}not reached, {score} after the last epoch"
    epochs = len(record.attempt.laps)
    return f"{text}{score} in {record.reached:.1f} s, {epochs} epochs"


def prove(
    group: Group, runs: Sequence[RunSpec], store: Store, progress: Silence
) -> dict[str, Equivalence]:
    """Cell -> the equivalence checks of its model, as a comparison has them."""
    plan = replace(group.plan, runs=(), proved=tuple(runs))
    Runner(plan, store, group.options, progress).run()
    found = {}
    for run in runs:
        key = plan.key("equivalence", run)
        record = next(r for r in reversed(store.records) if r.key == key)
        assert isinstance(record, Equivalence)
        found[run.cell] = record
    return found
