"""`compare.py verify`: every gate of every framework, cell and case."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from comparisons.analysis.equivalence import (
    TESTED,
    absence,
    failures,
    generation_summary,
    print_checks,
)
from comparisons.analysis.tables import make_console
from comparisons.arguments.command_line import parse
from comparisons.arguments.options import words
from comparisons.frameworks import (
    DEFAULT,
    installed_versions,
    missing_modules,
    resolve_run,
)
from comparisons.records.environment import cpu_count
from comparisons.records.measurements import Verification
from comparisons.records.record import record_of
from comparisons.records.store import Store, key_of
from comparisons.runs.processes import Worker, WorkerError
from shared.errors import UserError
from shared.specs import CELLS, IMPLS, RunSpec


def main(arguments: list[str]) -> int:
    """Run the gates and print the largest deviations; 1 if one is over."""
    options = parse("verify", arguments)
    frameworks = words(options.frameworks or DEFAULT)
    cells = words(options.cells or CELLS)
    for name in frameworks:
        if missing := missing_modules(name):
            raise UserError(f"framework '{name}' needs {', '.join(missing)}")
    command = shlex.join(["compare.py", "verify", *arguments])
    store = Store(options.out or Path("results/verify"))
    console = make_console()
    try:
        records = list(
            gate_all(frameworks, cells, options, command, store, console)
        )
    finally:
        store.close()
    print_checks(records, frameworks, cells, console)
    over = [text for record in records for text in failures(record)]
    for text in dict.fromkeys((*map(absence, records), *over)):
        if text:
            console.print(text, markup=False)
    console.print(generation_summary(records))
    count = sum(len(record.deviations) for record in records)
    console.print(f"{count} gates, {len(over)} over their limit")
    return 1 if over else 0


def gate_all(
    frameworks: list[str],
    cells: list[str],
    options: argparse.Namespace,
    command: str,
    store: Store,
    console: Console,
) -> Iterator[Verification]:
    """One record for each framework, precision, cell and kind of layers.

    Nothing is timed here, so as many processes run as there are cores.
    """
    workers: list[Worker] = []
    pool = ThreadPoolExecutor(cpu_count())
    futures = [
        pool.submit(gate_one, name, precision, cells, options, workers, command)
        for name in frameworks
        for precision in TESTED
    ]
    try:
        for future in futures:
            for record in future.result():
                store.append(record)
                yield record
            console.print(f"{record.framework} {record.spec.precision}: done")
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.end()


def gate_one(
    name: str,
    precision: str,
    cells: list[str],
    options: argparse.Namespace,
    workers: list[Worker],
    command: str,
) -> list[Verification]:
    """All checks of one framework in one precision, a process per cell.

    JAX keeps each program that it compiles, in memory maps whose number the
    system limits: all cells together would exceed it.
    """
    records = []
    for cell in cells:
        worker = Worker()
        workers.append(worker)
        for impl in IMPLS:
            run = resolve_run(
                task="sine",
                framework=name,
                cell=cell,
                device=options.device,
                precision=precision,
                threads=1,
            )
            records.append(
                gate_row(worker, run, impl, options.timeout, command)
            )
        worker.end()
    return records


def gate_row(
    worker: Worker, run: RunSpec, impl: str, timeout: float, command: str
) -> Verification:
    """The deviations of all cases of one cell and kind of layers."""
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
