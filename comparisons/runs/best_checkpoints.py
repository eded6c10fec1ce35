"""The best checkpoint of each framework and cell, in a folder of its own.

`OUT/best/FRAMEWORK-CELL/` is made from the records and from
`OUT/checkpoints/`, so that the next command repairs what one left undone.
"""

import filecmp
import json
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from comparisons.records.examples import EXAMPLES
from comparisons.records.record import Run, RunRecord
from comparisons.records.spec import PARTS, Record
from comparisons.records.store import latest
from shared.files.atomic import SIDE
from shared.files.io import write_file
from shared.tasks import get_task
from shared.weights.checkpoints import (
    CARD,
    WEIGHTS,
    CheckpointError,
    read_header,
)

PARTIAL, OLD = SIDE, ".old"
"""Endings of the names of what is written, and of what it replaces."""

SPEC = ("task", "framework", "cell", "seed", "preset", "init", "precision")
"""What the header of a checkpoint and the record of its run share."""


def save_best(out: Path, records: list[Record], keys: list[str]) -> list[str]:
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
    errors = []
    for name, runs in rows.items():
        try:
            save_row(out, out / "best" / name, runs)
        except (OSError, CheckpointError) as error:
            errors.append(f"best checkpoint of {name} not saved: {error}")
    return errors


def save_row(out: Path, folder: Path, runs: list[RunRecord]) -> None:
    """Make the folder that of the best run whose weights are there.

    The best validation comes first, then the lowest seed.
    """
    better = get_task(runs[0].task).validation_better
    sign = {"lower": 1.0, "higher": -1.0}[better]
    ranked = [
        (sign * run.validation, run.seed, run)
        for run in runs
        if isinstance(run, Run) and run.validation is not None
    ]
    weights, card = folder / WEIGHTS, folder / CARD
    for *_, run in sorted(ranked, key=lambda item: item[:2]):
        file = out / "checkpoints" / str(run.checkpoint)
        if file.is_file():
            whole = weights.is_file() and card.is_file()
            if not whole or not filecmp.cmp(weights, file, shallow=False):
                replace_folder(folder, file)
            return
        if weights.is_file() and is_of(read_header(weights), run):
            return
    shutil.rmtree(folder, ignore_errors=True)


def is_of(header: dict[str, Any], run: Run) -> bool:
    """Whether a checkpoint is of this run, whose own file is gone."""
    spec = msgspec.structs.asdict(run.spec)
    given = msgspec.structs.asdict(run.overrides)
    same = all(header["run"].get(name) == spec[name] for name in SPEC)
    for name in PARTS:  # complete, or what was given
        same &= header["run"].get(name) in (spec[name], given[name])
    return same and run.validation == header["result"].get("validation")


def replace_folder(folder: Path, file: Path) -> None:
    """Replace a folder by another in two renames."""
    partial = folder.with_name(f".{folder.name}{PARTIAL}")
    old = folder.with_name(f".{folder.name}{OLD}")
    for leftover in (partial, old):
        shutil.rmtree(leftover, ignore_errors=True)
    card = json.dumps(read_header(file), indent=1, ensure_ascii=False)
    try:
        partial.mkdir(parents=True)
        shutil.copyfile(file, partial / WEIGHTS)
        write_file(partial / CARD, card + "\n")
        if folder.exists():
            folder.rename(old)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def clear_leftovers(out: Path) -> None:
    """Remove what killed processes left; only for who holds the records open.

    A row that was killed between its two renames gets its new folder.
    """
    best = out / "best"
    for old in best.glob(f".*{OLD}"):
        folder = best / old.name[1 : -len(OLD)]
        partial = best / f".{folder.name}{PARTIAL}"
        if not folder.exists():
            with suppress(OSError):
                (partial if partial.exists() else old).rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    found = [
        *(out / "checkpoints").glob(f"*{PARTIAL}"),
        *(
            p
            for f in (out, out / "figures", out / EXAMPLES, best)
            for p in f.glob(f".*{PARTIAL}")
        ),
    ]
    for leftover in found:
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        elif not is_written(leftover):
            with suppress(OSError):
                leftover.unlink()


def is_written(side: Path) -> bool:
    """Whether the process that a side file's name begins with is alive."""
    number = re.match(r"\.(\d+)-", side.name)
    if number is None:
        return False
    try:
        os.kill(int(number[1]), 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True
