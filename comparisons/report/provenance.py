"""Section of the page: setup and how to reproduce it."""

import shlex
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from comparisons.analysis.loading import Comparison, choices_of
from comparisons.records.record import Run, RunRecord
from comparisons.records.spec import Record
from comparisons.report.blocks import Block, Terms
from comparisons.report.tables import plain, shown
from shared.exhibits.names import cell_name, framework_name, row_name

NAMED = 5
"""Seeds whose batches are named."""

LISTED = 50
"""Values of a term that are shown."""

MACHINE = {
    "processor": "{}",
    "cores": "{} cores",
    "memory_mb": "{} MB",
    "system": "{}",
    "python": "Python {}",
    "host": "host {}",
}
"""Field of a record's machine -> how it is shown."""


def manifest_section(part: Comparison) -> list[Block]:
    terms = {term: values or ("-",) for term, values in setup(part).items()}
    records = setups(part)
    hashes = {n: h for r in records for n, h in r.data_hashes.items()}
    blocks = [Terms(terms), *hyper_parameters(part)]
    if hashes:
        files = plain(
            f"{part.slug}-hashes",
            "Data files",
            ("file", "sha256"),
            sorted(hashes.items()),
            closed="Data files and their hashes",
        )
        blocks.append(files)
    return blocks


def setup(part: Comparison) -> dict[str, tuple[str, ...]]:
    """Term -> its values, several where runs differ."""
    return part.summary.once("setup", lambda: _setup(part))


def _setup(part: Comparison) -> dict[str, tuple[str, ...]]:
    records = setups(part)

    def distinct(value: Callable[[RunRecord], Any]) -> tuple[str, ...]:
        known = (value(run) for run in records)
        texts = list(
            dict.fromkeys(str(v) for v in known if v not in (None, ""))
        )
        more = [f"and {len(texts) - LISTED:,} more, in runs.jsonl"]
        return (*texts[:LISTED], *more * (len(texts) > LISTED))

    folder = shlex.quote(str(part.folder))
    return {
        "comparison": distinct(lambda run: run.command),
        "this page": (f"compare.py report {folder}",),
        "options": distinct(lambda run: ", ".join(choices_of(run))),
        "commit": distinct(lambda run: run.commit),
        "machine": distinct(machine_text),
        "device": distinct(lambda run: run.device),
        "kernel path": kernel_paths(part.records),
        "threads": distinct(lambda run: shown(run.spec.threads or "all cores")),
        "precision": distinct(lambda run: run.spec.precision),
        "versions": versions(records),
        "record schema": distinct(lambda run: run.schema),
        "batches": batches(part.done),
        "self-checks": checks(part),
    }


def setups(part: Comparison) -> list[RunRecord]:
    return part.summary.once("setups", lambda: of_each_setup(part.records))


def of_each_setup(records: list[RunRecord]) -> list[RunRecord]:
    """The first record of each setup; equal fields are mostly one object."""
    found: dict[tuple[Any, ...], RunRecord] = {}
    for record in records:
        spec = record.spec
        fields = (
            *(record.command, record.commit, record.device, record.kernels),
            *(record.framework, record.schema, spec.preset, spec.init),
            *(spec.precision, spec.device, spec.threads, id(record.machine)),
            *(id(record.overrides), id(record.versions)),
            id(record.data_hashes),
        )
        found.setdefault(fields, record)
    return list(found.values())


def machine_text(run: Record) -> str:
    known = {name: getattr(run.machine, name) for name in MACHINE}
    return ", ".join(MACHINE[n].format(v) for n, v in known.items() if v)


def grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    """Key -> its distinct values, sorted by key."""
    found: dict[Any, dict[Any, None]] = {}
    for key, value in pairs:
        found.setdefault(key, {})[value] = None
    return {key: list(values) for key, values in sorted(found.items())}


def kernel_paths(runs: Sequence[RunRecord]) -> tuple[str, ...]:
    """The kernels of each framework, or of each row where its rows differ."""
    named = [run for run in runs if run.kernels]
    texts = {
        row: " and ".join(kernels)
        for row, kernels in grouped((r.row, r.kernels) for r in named).items()
    }
    alike = grouped((framework, text) for (framework, _), text in texts.items())
    found: dict[str, None] = {}
    for row in dict.fromkeys(run.row for run in named):
        one = len(alike[row[0]]) == 1
        name = framework_name(row[0]) if one else row_name(*row)
        found[f"{name}: {texts[row]}"] = None
    return tuple(found)


def versions(runs: Sequence[Record]) -> tuple[str, ...]:
    """Each library and its version, all versions where runs differ."""
    found = grouped(pair for run in runs for pair in run.versions.items())
    shown = [f"{name} {' and '.join(known)}" for name, known in found.items()]
    return (", ".join(shown),) if shown else ()


def batches(runs: list[Run]) -> tuple[str, ...]:
    """Whether all rows of a seed used the same batches."""
    found = grouped((run.seed, run.batches) for run in runs if run.batches)
    differ = [str(seed) for seed, known in found.items() if len(known) > 1]
    if differ:
        return (f"NOT the same in all rows of seed {', '.join(differ)}",)
    named = [f"seed {seed}: {known[0]}" for seed, known in found.items()]
    listed = ", ".join(named[:NAMED]) + ", ..." * (len(named) > NAMED)
    return (f"the same in all rows of a seed ({listed})",) if named else ()


def checks(part: Comparison) -> tuple[str, ...]:
    """Each self-check and how many finished runs pass it."""
    names = dict.fromkeys(name for run in part.done for name in run.checks)
    results = {
        n: [r.checks[n] for r in part.done if n in r.checks] for n in names
    }
    return tuple(
        f"{name}: {sum(map(bool, passed))} of {len(passed)} runs"
        for name, passed in results.items()
    )


def hyper_parameters(part: Comparison) -> list[Block]:
    columns: dict[str, dict[str, Any]] = {}
    for run in part.done:
        columns.setdefault(run.cell, {**run.spec.model, **run.spec.train})
    names = dict.fromkeys(n for specs in columns.values() for n in specs)
    if not names:
        return []
    table = plain(
        f"{part.slug}-settings",
        "Model and training, by cell",
        ("setting", *map(cell_name, columns)),
        [
            (
                name.replace("_", " "),
                *(str(specs.get(name, "-")) for specs in columns.values()),
            )
            for name in names
            if name not in ("cell", "seed", "loop")
        ],
        closed="All hyperparameters",
    )
    return [table]
