"""`compare.py verify`: all equivalence checks of frameworks and cells."""

import argparse
import shlex
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console

from comparisons.analysis.equivalence import (
    absence,
    failures,
    generation_summary,
    print_checks,
)
from comparisons.analysis.tables import make_console
from comparisons.arguments.command_line import parse
from comparisons.arguments.extras import chosen
from comparisons.arguments.options import words
from comparisons.equivalence.case import Case
from comparisons.equivalence.limits import BY_DEVICE
from comparisons.frameworks import (
    get_framework,
    installed_versions,
    resolve_run,
)
from comparisons.records.environment import cpu_count
from comparisons.records.measurements import Verification
from comparisons.records.record import record_of
from comparisons.records.store import Store, key_of
from comparisons.runs.processes import Worker, WorkerError
from comparisons.vectors.diagnosis.models import likely_mistake
from shared.exhibits.names import framework_name, row_name
from shared.specs import CELLS, IMPLS_OF, Array, RunSpec


def main(arguments: list[str]) -> int:
    """Run the checks and print the largest deviations; 1 if one is over."""
    options = parse("verify", arguments)
    frameworks = chosen(options.frameworks)
    cells = words(options.cells or CELLS)
    command = shlex.join(["compare.py", "verify", *arguments])
    store = Store(options.out or Path("results/verify"))
    console = make_console()
    records = []
    try:
        for record in check_all(frameworks, cells, options, command, console):
            store.append(record)
            records.append(record)
    finally:
        store.close()
    print_checks(records, frameworks, cells, console, options.device)
    over = [text for record in records for text in failures(record)]
    for text in dict.fromkeys((*map(absence, records), *over)):
        if text:
            console.print(text, markup=False)
    for text in mistakes(records, options):
        console.print(text, markup=False)
    console.print(generation_summary(records))
    count = sum(len(record.deviations) for record in records)
    console.print(f"{count} checks, {len(over)} over their limit")
    return 1 if over else 0


def mistakes(
    records: list[Verification], options: argparse.Namespace
) -> Iterator[str]:
    """The likely mistake of each cell whose checks fail, where it is known."""
    failed = {
        (*record.row, record.impl): record.spec.precision
        for record in reversed(records)  # the exact precision is the first
        if record.status == "ok" and any(failures(record))
    }
    for (name, cell, impl), precision in reversed(failed.items()):
        run = run_of(options, name, precision, cell)
        if text := mistake_of(run, impl, options.timeout):
            yield f"{row_name(name, cell)} {impl}: {text}"


def mistake_of(run: RunSpec, impl: str, timeout: float) -> str:
    """What the outputs of a small model match; "" for nothing known."""
    worker = Worker()

    def outputs_of(case: Case) -> Array:
        answer = worker.ask("outputs", run, timeout, **asdict(case))
        outputs: Array = answer["result"]["outputs"]
        return outputs

    try:
        return likely_mistake(run.cell, impl, run.precision, outputs_of)
    except WorkerError:  # the failed check is reported in any case
        return ""
    finally:
        worker.end()


def check_all(
    frameworks: list[str],
    cells: list[str],
    options: argparse.Namespace,
    command: str,
    console: Console,
) -> Iterator[Verification]:
    """One record for each framework, precision, cell and implementation.

    Nothing is timed here, so as many processes run as there are cores.
    """
    workers: list[Worker] = []
    pool = ThreadPoolExecutor(cpu_count())
    check = partial(records_of_cell, options, command, workers)
    jobs = [
        (name, precision, cell)
        for name in frameworks
        for precision in get_framework(name).precisions
        if precision in BY_DEVICE[options.device]
        for cell in cells
    ]
    futures = [pool.submit(check, *job) for job in jobs]
    try:
        for (name, precision, cell), future in zip(jobs, futures, strict=True):
            yield from future.result()
            if cell == cells[-1]:
                console.print(f"{framework_name(name)} {precision}: done")
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.end()


def records_of_cell(
    options: argparse.Namespace,
    command: str,
    workers: list[Worker],
    name: str,
    precision: str,
    cell: str,
) -> list[Verification]:
    """The records of one cell; workers: gets its own."""
    # JAX keeps each program that it compiles, in memory maps whose number
    # the system limits: all cells in one process would exceed it.
    workers.append(worker := Worker())
    run = run_of(options, name, precision, cell)
    records = [
        check_cell(worker, run, impl, options.timeout, command)
        for impl in IMPLS_OF[cell]
    ]
    worker.end()
    return records


def run_of(
    options: argparse.Namespace, name: str, precision: str, cell: str
) -> RunSpec:
    return resolve_run(
        task="sine",
        framework=name,
        cell=cell,
        device=options.device,
        precision=precision,
        threads=1,
        model={"impl": IMPLS_OF[cell][0]},
    )


def check_cell(
    worker: Worker, run: RunSpec, impl: str, timeout: float, command: str
) -> Verification:
    """The deviations of all cases of one cell and implementation."""
    try:
        answer = worker.ask("full", run, timeout, impl=impl)
        fields: dict[str, Any] = {"status": "ok", **answer["result"]}
    except WorkerError as error:
        fields = error.fields
    began = datetime.now(UTC).isoformat(timespec="seconds")
    record = record_of(
        "verification",
        key_of("verification", asdict(run), impl, began),
        run,
        command,
        impl=impl,
        versions=installed_versions(run.framework),
        loop=run.train.loop,
        **fields,
    )
    assert isinstance(record, Verification)
    return record
