"""The best checkpoint of each framework and cell, in a folder of its own.

`OUT/best/FRAMEWORK-CELL/` is made from the records and from
`OUT/checkpoints/`, so that the next command mends what one left undone.
"""

from __future__ import annotations

import filecmp
import json
import shutil
from pathlib import Path

import msgspec

from comparisons.records.record import PARTS, Record, Run, RunRecord
from comparisons.records.store import latest
from shared.tasks import get_task
from shared.weights.checkpoints import (
    CARD,
    WEIGHTS,
    CheckpointError,
    read_header,
)

SPEC = ("task", "framework", "cell", "seed", "preset", "init", "precision")
"""What the header of a checkpoint and the record of its run share."""


def keep_best(out: Path, records: list[Record], keys: list[str]) -> list[str]:
    """Make each row's folder that of its best run; return failures as text.

    The rows are those of the runs with these keys. A row that could not run on
    this machine keeps its folder.
    """
    wanted, rows = set(keys), dict[str, list[RunRecord]]()
    for record in latest(records):
        if not isinstance(record, RunRecord) or record.key not in wanted:
            continue
        if record.status != "unavailable":
            rows.setdefault("-".join(record.row), []).append(record)
    wrong = []
    for name, runs in rows.items():
        try:
            keep_row(out, out / "best" / name, runs)
        except (OSError, CheckpointError) as error:
            wrong.append(f"best checkpoint of {name} not kept: {error}")
    return wrong


def keep_row(out: Path, folder: Path, runs: list[RunRecord]) -> None:
    """Make the folder that of the best run whose weights are there."""
    for run in ranked(runs):
        file = out / "checkpoints" / str(run.checkpoint)
        if file.is_file():
            if not same(folder, file):
                replace_folder(folder, file)
            return
        if holds(folder, run):
            return
    shutil.rmtree(folder, ignore_errors=True)


def ranked(runs: list[RunRecord]) -> list[Run]:
    """The runs that ended well, best validation first, then lowest seed."""
    better = get_task(runs[0].task).validation_better
    sign = {"lower": 1.0, "higher": -1.0}[better]
    found = [
        (sign * run.kept_epoch.validation, run.seed, run)
        for run in runs
        if isinstance(run, Run) and run.kept_epoch.validation is not None
    ]
    return [run for *_, run in sorted(found, key=lambda item: item[:2])]


def holds(folder: Path, run: Run) -> bool:
    """Whether the folder is of this run, whose own file is gone."""
    if not (folder / WEIGHTS).is_file():
        return False
    header = read_header(folder / WEIGHTS)
    spec = msgspec.structs.asdict(run.spec)
    given = msgspec.structs.asdict(run.overrides)
    same = all(header["run"][name] == spec[name] for name in SPEC)
    for name in PARTS:  # complete, or what was given
        same &= header["run"][name] in (spec[name], given[name])
    found: float | None = header["result"]["validation"]
    return same and found == run.kept_epoch.validation


def same(folder: Path, file: Path) -> bool:
    """Whether the folder is complete and contains this very file."""
    held, card = folder / WEIGHTS, folder / CARD
    whole = held.is_file() and card.is_file()
    return whole and filecmp.cmp(held, file, shallow=False)


def replace_folder(folder: Path, file: Path) -> None:
    """Replace a folder by another in two renames."""
    partial, old = (
        folder.with_name(f".{folder.name}.{end}") for end in ("partial", "old")
    )
    for rest in (partial, old):
        shutil.rmtree(rest, ignore_errors=True)
    card = json.dumps(read_header(file), indent=1, ensure_ascii=False)
    partial.mkdir(parents=True)
    shutil.copyfile(file, partial / WEIGHTS)
    (partial / CARD).write_text(card + "\n", encoding="utf-8")
    if folder.exists():
        folder.rename(old)
    partial.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
