"""The rows that `compare.py bench` times, each in a process of its own."""

import shlex
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from comparisons.analysis.statistics import quartiles
from comparisons.arguments.extras import chosen
from comparisons.arguments.memory import check_memory
from comparisons.arguments.options import Options, words
from comparisons.frameworks import installed_versions, resolve_run
from comparisons.records.measurements import StepTimes
from comparisons.records.record import record_of
from comparisons.records.spec import Record
from comparisons.records.store import Store, key_of
from comparisons.runs.progress import make_progress
from comparisons.runs.trained import ask_once
from shared.exhibits.names import cell_name, framework_name, row_name
from shared.specs import ModelSpec, RunSpec

LIMIT = 1.05
"""Largest ratio of our step time to the minimal loop's."""


def command_line(*arguments: str) -> str:
    return shlex.join(["compare.py", "bench", *arguments])


def record_rows(
    kind: str,
    job: str,
    runs: Sequence[RunSpec],
    options: Options | Namespace,
    command: str,
    **request: Any,
) -> list[Any]:
    """Ask a fresh process for the raw times of each run; store them."""
    records: list[Any] = []
    with (
        closing(make_progress(options.quiet)) as progress,
        closing(Store(options.out)) as store,
    ):
        for number, run in enumerate(runs, 1):
            row = f"{row_name(run.framework, run.cell)} {run.model.hidden_size}"
            progress.say(f"[{number}/{len(runs)}] {row}")
            began = datetime.now(UTC).isoformat(timespec="seconds")
            times = ask_once(job, run, options.timeout, **request)
            record = record_of(
                *(kind, key_of(kind, asdict(run), began), run, command),
                versions=installed_versions(run.framework),
                **times,
            )
            store.append(record)
            records.append(record)
    return records


def record_synthetic(
    name: str,
    task: str,
    cell: str,
    sizes: Iterable[str],
    options: Namespace,
    arguments: list[str],
    spec_of: Callable[[str, Mapping[str, Any]], ModelSpec],
) -> list[Any]:
    """The same of random data: a sub-command, the kind and job of its name.

    cell: that is timed unless others are given; sizes: names of the flags
    whose values are stored with each record; spec_of: (cell, sizes) -> model.
    """
    options.out, options.quiet = options.out or Path("results") / name, True
    where = {"device": options.device, "threads": options.threads}
    runs = [
        resolve_run(task=task, framework=framework, cell=cell, **where)
        for cell in words(options.cells or [cell])
        for framework in chosen(options.frameworks, fast=False)
    ]
    command = command_line(name, *arguments)
    request = {size: getattr(options, size) for size in sizes}
    for run in runs:
        model = spec_of(run.cell, request)
        train = replace(run.train, batch_size=options.batch_size)
        check_memory(replace(run, model=model, train=train), options.steps)
    return record_rows(name, name, runs, options, command, **request)


def ratio(record: StepTimes) -> tuple[float, float]:
    """Median and IQR of the ratio ours / minimal, epoch by epoch."""
    pairs = zip(record.ours, record.minimal)
    return quartiles([ours / minimal for ours, minimal in pairs])


def names_of(record: Record) -> tuple[str, str]:
    return framework_name(record.framework), cell_name(record.cell)
