"""The rows that `compare.py bench` times, each in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from rich.console import Console

from comparisons.analysis.statistics import quartiles
from comparisons.arguments.options import Options
from comparisons.frameworks import installed_versions
from comparisons.records.environment import commit, machine
from comparisons.records.store import Record, Store, key_of
from comparisons.runs.processes import ask_once
from comparisons.runs.progress import make_progress
from shared.specs import RunSpec

LIMIT = 1.05
"""Largest ratio of our step time to the minimal loop's."""


def record_rows(
    kind: str,
    runs: Sequence[RunSpec],
    choices: Options,
    command: str,
    **fields: Any,
) -> list[Record]:
    """Time each run in a fresh process; store the raw times."""
    progress = make_progress(Console(stderr=True), choices.quiet)
    store, records = Store(choices.out), []
    try:
        for number, run in enumerate(runs, 1):
            size = run.model.get("hidden_size", "")
            row = f"{run.framework} {run.cell} {size}".rstrip()
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
    kind: str,
    job: str,
    run: RunSpec,
    timeout: float,
    command: str,
    **fields: Any,
) -> Record:
    began = datetime.now(UTC).isoformat(timespec="seconds")
    result = ask_once(job, run, timeout, **fields)
    return {
        "kind": kind,
        "key": key_of(kind, asdict(run), began),
        "status": "ok",
        "task": run.task,
        "framework": run.framework,
        "cell": run.cell,
        "spec": asdict(run),
        "machine": machine(),
        "commit": commit(),
        "versions": installed_versions(run.framework),
        "command": command,
        **result,
    }


def ratio(record: Record) -> tuple[float, float]:
    """Median and IQR of the ratio ours / minimal, epoch by epoch."""
    pairs = zip(record["ours"], record["minimal"])
    return quartiles([ours / minimal for ours, minimal in pairs])
