"""The rows that `compare.py bench` times, each in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, TypeVar

from rich.console import Console

from comparisons.analysis.statistics import quartiles
from comparisons.arguments.options import Options
from comparisons.frameworks import installed_versions
from comparisons.records.measurements import StepTimes
from comparisons.records.record import KINDS, record_of
from comparisons.records.spec import Record
from comparisons.records.store import Store, key_of
from comparisons.runs.processes import ask_once
from comparisons.runs.progress import make_progress
from shared.exhibits.names import cell_name, framework_name, row_name
from shared.specs import RunSpec

Kind = TypeVar("Kind", bound=Record)

LIMIT = 1.05
"""Largest ratio of our step time to the minimal loop's."""


def record_rows(
    kind: type[Kind],
    runs: Sequence[RunSpec],
    choices: Options,
    command: str,
    **fields: Any,
) -> list[Kind]:
    """Ask a fresh process for the raw times of each run; store them."""
    progress = make_progress(Console(stderr=True), choices.quiet)
    store, records = Store(choices.out), list[Kind]()
    try:
        for number, run in enumerate(runs, 1):
            name = row_name(run.framework, run.cell)
            row = f"{name} {run.model.hidden_size}"
            progress.say(f"[{number}/{len(runs)}] {row}")
            record = record_row(
                kind, "bench", run, choices.timeout, command, **fields
            )
            store.append(record)
            records.append(record)
    finally:
        progress.close()
        store.close()
    return records


def record_row(
    kind: type[Kind],
    job: str,
    run: RunSpec,
    timeout: float,
    command: str,
    **fields: Any,
) -> Kind:
    """The raw times that a job finds of a run, in a fresh process."""
    name = next(name for name, struct in KINDS.items() if struct is kind)
    began = datetime.now(UTC).isoformat(timespec="seconds")
    result = ask_once(job, run, timeout, **fields)
    record = record_of(
        *(name, key_of(name, asdict(run), began), run, command),
        versions=installed_versions(run.framework),
        **result,
    )
    assert isinstance(record, kind)
    return record


def ratio(record: StepTimes) -> tuple[float, float]:
    """Median and IQR of the ratio ours / minimal, epoch by epoch."""
    pairs = zip(record.ours, record.minimal)
    return quartiles([ours / minimal for ours, minimal in pairs])


def names_of(record: Record) -> tuple[str, str]:
    """Framework and cell as people read them."""
    return framework_name(record.framework), cell_name(record.cell)
