"""Section of the page: setup and how to reproduce it."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from typing import Any

from comparisons.analysis.loading import Comparison, choices_of
from comparisons.records.record import Run, RunRecord
from comparisons.records.spec import Record
from comparisons.report.blocks import Block, Facts, plain, shown
from shared.exhibits.names import cell_name, framework_name

NAMED = 5
"""Seeds whose batches are named."""

MACHINE = (
    *(("processor", "{}"), ("cores", "{} cores"), ("memory_mb", "{} MB")),
    *(("system", "{}"), ("python", "Python {}")),
)
"""Field of a record's machine -> how it is shown."""


def manifest_section(part: Comparison) -> list[Block]:
    items = tuple(
        (term, tuple(filter(None, known)) or ("-",))
        for term, known in facts(part).items()
    )
    return [Facts(items), *hyper_parameters(part), *data_hashes(part)]


def facts(part: Comparison) -> dict[str, tuple[str, ...]]:
    """Term -> its values, several where runs differ."""
    runs = part.records
    folder = shlex.quote(str(part.folder))
    return {
        "comparison": distinct(run.command for run in runs),
        "this page": (f"compare.py report {folder}",),
        "options": distinct(", ".join(choices_of(run)) for run in runs),
        "commit": distinct(run.commit for run in runs),
        "machine": distinct(machine_words(run) for run in runs),
        "device": distinct(run.device for run in runs),
        "kernel path": distinct(kernels(run) for run in runs),
        "threads": distinct(threads(run) for run in runs),
        "precision": distinct(run.spec.precision for run in runs),
        "versions": (versions(runs),),
        "record schema": distinct(run.schema for run in runs),
        "batches": (batches(part.done),),
        "self-checks": checks(part),
    }


def data_hashes(part: Comparison) -> list[Block]:
    hashes = {
        name: digest
        for run in part.records
        for name, digest in run.data_hashes.items()
    }
    if not hashes:
        return []
    return [
        plain(
            f"{part.slug}-hashes",
            "Data files",
            ("file", "sha256"),
            sorted(hashes.items()),
            closed="Data files and their hashes",
        )
    ]


def distinct(values: Iterable[Any]) -> tuple[str, ...]:
    """The distinct values as text, in order."""
    known = (str(v) for v in values if v is not None and v != "")
    return tuple(dict.fromkeys(known))


def machine_words(run: Record) -> str:
    known = [(getattr(run.machine, name), form) for name, form in MACHINE]
    return ", ".join(form.format(value) for value, form in known if value)


def kernels(run: RunRecord) -> str:
    name = framework_name(run.framework)
    return f"{name}: {run.kernels}" if run.kernels else ""


def versions(runs: Sequence[Record]) -> str:
    """Each library and its version, all versions where runs differ."""
    found: dict[str, dict[str, None]] = {}
    for run in runs:
        for name, version in run.versions.items():
            found.setdefault(name, {})[version] = None
    return ", ".join(
        f"{name} {' and '.join(known)}" for name, known in sorted(found.items())
    )


def threads(run: Record) -> str:
    count = run.spec.threads
    return "all cores" if count == 0 else shown(count)


def batches(runs: list[Run]) -> str:
    """Whether all rows of a seed used the same batches."""
    found: dict[int, set[str]] = {}
    for run in runs:
        if run.batches:
            found.setdefault(run.seed, set()).add(run.batches)
    if not found:
        return "-"
    if all(len(hashes) == 1 for hashes in found.values()):
        listed = ", ".join(
            f"seed {seed}: {next(iter(hashes))}"
            for seed, hashes in sorted(found.items())[:NAMED]
        ) + ", ..." * (len(found) > NAMED)
        return f"the same in all rows of a seed ({listed})"
    apart = [str(s) for s, hashes in sorted(found.items()) if len(hashes) > 1]
    return f"NOT the same in all rows of seed {', '.join(apart)}"


def checks(part: Comparison) -> tuple[str, ...]:
    """Each self-check and how many finished runs pass it."""
    found: dict[str, list[bool]] = {}
    for run in part.done:
        for name, holds in run.checks.items():
            found.setdefault(name, []).append(bool(holds))
    return tuple(
        f"{name}: {sum(held)} of {len(held)} runs"
        for name, held in found.items()
    )


def hyper_parameters(part: Comparison) -> list[Block]:
    columns: dict[str, dict[str, Any]] = {}
    for run in part.done:
        specs = {**run.spec.model, **run.spec.train}
        columns.setdefault(run.cell, specs)
    names = dict.fromkeys(n for specs in columns.values() for n in specs)
    left_out = {"cell", "seed", "loop"}
    if not names:
        return []
    return [
        plain(
            f"{part.slug}-settings",
            "Model and training, by cell",
            ("setting", *map(cell_name, columns)),
            [
                (
                    name.replace("_", " "),
                    *(str(specs.get(name, "-")) for specs in columns.values()),
                )
                for name in names
                if name not in left_out
            ],
            closed="All hyperparameters",
        )
    ]
