"""Sections of the page: how it was made, and every raw run."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import Any

from comparisons.report.analysis import number_of
from comparisons.report.blocks import (
    Block,
    Cell,
    Facts,
    Line,
    Table,
    plain,
    shown,
)
from comparisons.report.mending import is_number
from comparisons.report.reading import Part, choices_of
from comparisons.statistics import quartiles
from comparisons.store import Record
from comparisons.summary import train_seconds
from comparisons.train import compile_seconds, step_seconds

NAMED = 5
"""Seeds whose batches are named."""

MACHINE = (
    *(("processor", "{}"), ("cores", "{} cores"), ("memory_mb", "{} MB")),
    *(("system", "{}"), ("python", "Python {}")),
)
"""Field of a record's machine -> how it is shown."""


def manifest_section(part: Part) -> list[Block]:
    """All that a result depends on, and how to make it again."""
    runs = part.records
    folder = shlex.quote(str(part.folder))
    facts = {
        "comparison": distinct(run["command"] for run in runs),
        "this page": (f"compare.py report {folder}",),
        "settings": distinct(", ".join(choices_of(run)) for run in runs),
        "commit": distinct(run["commit"] for run in runs),
        "machine": distinct(machine_words(run) for run in runs),
        "device": distinct(run.get("device") for run in runs),
        "kernel path": distinct(pair(run, "kernels") for run in runs),
        "threads": distinct(threads(run) for run in runs),
        "precision": distinct(run["spec"].get("precision") for run in runs),
        "versions": (versions(runs),),
        "record schema": distinct(run.get("schema") for run in runs),
        "batches": (batches(runs),),
        "self-checks": checks(part),
    }
    items = tuple(
        (term, tuple(filter(None, known)) or ("-",))
        for term, known in facts.items()
    )
    blocks: list[Block] = [Facts(items)]
    blocks += hyper_parameters(part)
    hashes = {
        name: digest
        for run in runs
        for name, digest in (run.get("data_hashes") or {}).items()
    }
    if hashes:
        blocks.append(
            plain(
                f"{part.slug}-hashes",
                "Data files",
                ("file", "sha256"),
                sorted(hashes.items()),
                closed="Data files and their hashes",
            )
        )
    return blocks


def distinct(values: Iterable[Any]) -> tuple[str, ...]:
    """The different values in words, in order; nothing for nothing."""
    known = (str(v) for v in values if v is not None and v != "")
    return tuple(dict.fromkeys(known))


def machine_words(run: Record) -> str:
    """The machine of a run."""
    machine = run["machine"]
    return ", ".join(
        form.format(machine[name]) for name, form in MACHINE if name in machine
    )


def pair(run: Record, field: str) -> str:
    """A field of a run after its framework's name."""
    return f"{run['framework']}: {run[field]}" if run.get(field) else ""


def versions(runs: list[Record]) -> str:
    """Each library and its version, all versions where runs differ."""
    found: dict[str, dict[str, None]] = {}
    for run in runs:
        for name, version in run["versions"].items():
            found.setdefault(name, {})[version] = None
    return ", ".join(
        f"{name} {' and '.join(known)}" for name, known in sorted(found.items())
    )


def threads(run: Record) -> str:
    """The threads of a run."""
    count = run["spec"].get("threads")
    return "all cores" if count == 0 else shown(count)


def batches(runs: list[Record]) -> str:
    """Whether the rows of each seed took the same batches."""
    found: dict[int, set[str]] = {}
    for run in runs:
        if run.get("batches"):
            found.setdefault(run["seed"], set()).add(run["batches"])
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


def checks(part: Part) -> tuple[str, ...]:
    """Each self-check and in how many finished runs it holds."""
    found: dict[str, list[bool]] = {}
    for run in part.done:
        for name, holds in (run.get("checks") or {}).items():
            found.setdefault(name, []).append(bool(holds))
    return tuple(
        f"{name}: {sum(held)} of {len(held)} runs"
        for name, held in found.items()
    )


def hyper_parameters(part: Part) -> list[Block]:
    """The model and the training of each cell."""
    columns: dict[str, dict[str, Any]] = {}
    for run in part.done:
        specs = {**run.get("model_spec", {}), **run.get("train_spec", {})}
        columns.setdefault(run["cell"], specs)
    names = dict.fromkeys(n for specs in columns.values() for n in specs)
    left_out = {"cell", "seed", "loop"}
    if not names:
        return []
    return [
        plain(
            f"{part.slug}-settings",
            "Model and training, by cell",
            ("setting", *columns),
            [
                (
                    name.replace("_", " "),
                    *(str(specs.get(name, "-")) for specs in columns.values()),
                )
                for name in names
                if name not in left_out
            ],
            closed="Every hyper-parameter",
        )
    ]


RUN_HEADINGS = (
    *("framework", "cell", "seed", "status", "metric", "epochs"),
    *("first loss", "last loss", "train s", "compile s", "ms/step", "MB"),
    "began, UTC",
)


def runs_section(part: Part) -> list[Block]:
    """A line for each raw run, with the end of its errors."""
    metric = part.summary.task.metric
    headings = tuple(metric if h == "metric" else h for h in RUN_HEADINGS)
    words = {"framework", "cell", "status", "began, UTC"}
    return [
        Table(
            name=f"{part.slug}-runs",
            caption=f"Every run of {part.summary.task.name}",
            headings=headings,
            lines=tuple(run_line(run, metric) for run in part.records),
            heads=3,
            numeric=frozenset(headings) - words,
            sortable=True,
        )
    ]


def run_line(run: Record, metric: str) -> Line:
    """One run, whatever became of it."""
    epochs = run.get("epochs") or []
    losses = [number_of(epoch.get("loss")) for epoch in epochs]
    timed = run["status"] == "ok"
    numbers = {
        "metric": number_of((run.get("scores") or {}).get(metric)),
        "epochs": len(epochs) or None,
        "first loss": losses[0] if losses else None,
        "last loss": losses[-1] if losses else None,
        "train s": train_seconds(run) if timed else None,
        "compile s": compile_seconds(run) if timed else None,
        "ms/step": 1e3 * quartiles(step_seconds(run))[0] if timed else None,
        "MB": number_of(run.get("peak_memory_mb")),
    }
    status = Cell(
        run["status"],
        run["status"],
        look=run["status"],
        spoken=str(run.get("error", "")),
        more=str(run.get("stderr") or ""),
    )
    cells = {
        "framework": Cell(run["framework"], run["framework"]),
        "cell": Cell(run["cell"], run["cell"]),
        "seed": Cell(str(run["seed"]), run["seed"]),
        "status": status,
        "began, UTC": began_cell(str(run.get("began", ""))),
        **{name: number_cell(value) for name, value in numbers.items()},
    }
    return Line(tuple(cells[heading] for heading in RUN_HEADINGS))


def began_cell(text: str) -> Cell:
    """When a run began, to the second."""
    short = text.replace("T", " ").removesuffix("+00:00")
    return Cell(short or "-", text)


def number_cell(value: float | None) -> Cell:
    """A number and itself to sort by."""
    if not is_number(value):
        return Cell("-", None)
    assert value is not None
    text = shown(value) if isinstance(value, int) else f"{value:.4g}"
    return Cell(text, value)
