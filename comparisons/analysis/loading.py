"""From folders of records to the comparisons that a report shows."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from comparisons.analysis.summary import Summary, summarise
from comparisons.records.measurements import Baselines, Equivalence
from comparisons.records.record import Run, RunRecord
from comparisons.records.spec import PARTS, Record
from comparisons.records.store import latest, read_records
from shared.errors import UserError

OWN = ("framework", "cell", "seed")
"""What differs between the runs of one comparison."""


@dataclass(frozen=True)
class Comparison:
    """One comparison of a report; its slug begins the ids of its blocks."""

    label: str
    slug: str
    folder: Path
    summary: Summary

    @property
    def records(self) -> list[RunRecord]:
        """The runs, whatever became of them."""
        return self.summary.records

    @property
    def done(self) -> list[Run]:
        """The runs that ended well."""
        return self.summary.finished

    @property
    def frameworks(self) -> list[str]:
        """The frameworks in the order of the rows."""
        return self.summary.frameworks

    @property
    def cells(self) -> list[str]:
        """The cells in the order of the rows."""
        return self.summary.cells


def read_parts(
    folders: list[Path], keys: list[str] | None = None
) -> list[Comparison]:
    """The comparisons in some folders (of these keys alone, if given)."""
    found = [part for folder in folders for part in read_folder(folder, keys)]
    names = list(dict.fromkeys(folders))
    return [
        replace(
            part,
            label=label_of(part, found, len(names) > 1),
            slug=f"part{number}",
        )
        for number, part in enumerate(found, 1)
    ]


def read_folder(folder: Path, keys: list[str] | None) -> Iterator[Comparison]:
    """Each comparison in a folder's records."""
    path = folder / "runs.jsonl"
    if not path.is_file():
        raise UserError(no_records(folder))
    wanted = None if keys is None else set(keys)
    records = [
        record
        for record in latest(read_records(path))
        if wanted is None or record.key in wanted
    ]
    if keys is not None:
        order = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        records.sort(key=lambda record: order[record.key])
    groups = split_by_setting(records)
    if not groups:
        raise UserError(f"'{path}' holds no run of a comparison")
    for group in groups:
        yield Comparison("", "", folder, summarise(newest(group)))


def split_by_setting(records: list[Record]) -> list[list[Record]]:
    """Records of runs that differ in framework, cell and seed alone.

    Cells of one comparison may have hidden sizes of their own (equal
    parameters), but a cell of two sizes is in two comparisons.
    """
    runs = [record for record in records if isinstance(record, RunRecord)]
    sizes: dict[str, dict[str, set[str]]] = {}
    for run in runs:
        cells = sizes.setdefault(setting(run), {})
        cells.setdefault(run.cell, set()).add(hidden(run))
    split = {
        name: any(len(found) > 1 for found in cells.values())
        for name, cells in sizes.items()
    }
    groups: dict[str, list[Record]] = {}
    for record in records:
        if not isinstance(record, RunRecord | Equivalence):
            continue
        name = setting(record)
        if name in split:
            full = name + hidden(record) * split[name]
            groups.setdefault(full, []).append(record)
    baselines = [r for r in records if isinstance(r, Baselines)]
    return [
        [*group, *(b for b in baselines if same_data(b, group[0]))]
        for group in groups.values()
        if any(isinstance(record, RunRecord) for record in group)
    ]


def setting(record: Record) -> str:
    """What the runs of one comparison share."""
    spec = msgspec.structs.asdict(record.spec)
    spec |= msgspec.to_builtins(record.overrides)
    spec = {name: spec[name] for name in spec if name not in OWN}
    spec["model"].pop("hidden_size", None)
    return json.dumps([record.task, spec], sort_keys=True)


def hidden(record: Record) -> str:
    """The hidden size that was asked for, if one was."""
    return str(record.overrides.model.get("hidden_size", ""))


def same_data(baseline: Record, run: Record) -> bool:
    """Whether baselines are of the data of a run."""
    data, other = baseline.spec.data, run.spec.data
    if baseline.schema == run.schema == 1:  # which holds what was given
        data, other = baseline.overrides.data, run.overrides.data
        if baseline.spec.preset != run.spec.preset:
            return False
    return baseline.task == run.task and data == other


def newest(group: list[Record]) -> list[Record]:
    """The last record of each run: code and versions may have moved on."""
    found: dict[tuple[Any, ...], Record] = {}
    for record in group:
        place: tuple[Any, ...] = (*record.row, record.seed)
        if isinstance(record, Baselines):
            place = (record.seed,)
        if isinstance(record, Equivalence):
            place = record.row
        found[record.kind, *place] = record
    return list(found.values())


def label_of(
    part: Comparison, parts: list[Comparison], with_folder: bool
) -> str:
    """The task, and what tells the part from others of the same task."""
    name = part.summary.task.name
    same = [p for p in parts if p.summary.task.name == name]
    if with_folder and len({p.folder for p in same}) > 1:
        name += f", {part.folder}"
    inside = [p for p in same if p.folder == part.folder]
    if len(inside) > 1:
        name += f", {', '.join(choices_of(part.records[0])) or 'defaults'}"
    return name


def choices_of(record: Record) -> list[str]:
    """The settings of a run in words: those of the task itself left out."""
    words = [
        f"{name} {getattr(record.spec, name)}"
        for name in ("preset", "init", "precision", "device")
        if getattr(record.spec, name)
    ]
    for kind in PARTS:
        changes = getattr(record.overrides, kind)
        words += [f"{n.replace('_', ' ')} {v}" for n, v in changes.items()]
    return words


def no_records(folder: Path) -> str:
    """What to say of a folder that holds no comparison."""
    beside = sorted(
        {str(path.parent) for path in Path().glob("*/*/runs.jsonl")}
        | {str(path.parent) for path in folder.parent.glob("*/runs.jsonl")}
    )
    near = difflib.get_close_matches(str(folder), beside, n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'? " if near else ""
    choices = f"choices: {', '.join(beside)}" if beside else "none is near"
    return f"'{folder}' holds no runs.jsonl; {hint}{choices}"
