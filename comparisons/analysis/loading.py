"""From folders of records to the comparisons that a report shows."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from comparisons.analysis.setups import OF_THE_RUN, chosen, options_of
from comparisons.analysis.summary import Summary, summarise
from comparisons.records.repair import mended
from comparisons.records.store import Record, latest, read_records
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
    def records(self) -> list[Record]:
        """The runs, whatever became of them."""
        return self.summary.records

    @property
    def done(self) -> list[Record]:
        """The runs that ended well."""
        return [run for run in self.records if run["status"] == "ok"]

    def of_row(self, row: dict[str, Any]) -> list[Record]:
        """The finished runs of a row."""
        place = (row["framework"], row["cell"])
        return [r for r in self.done if (r["framework"], r["cell"]) == place]

    @property
    def frameworks(self) -> list[str]:
        """The frameworks in the order of the rows."""
        return list(dict.fromkeys(r["framework"] for r in self.summary.rows))

    @property
    def cells(self) -> list[str]:
        """The cells in the order of the rows."""
        return list(dict.fromkeys(row["cell"] for row in self.summary.rows))


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
        if wanted is None or record["key"] in wanted
    ]
    if keys is not None:
        order = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        records.sort(key=lambda record: order[record["key"]])
    records = [mended(record) for record in records]
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
    runs = [record for record in records if record["kind"] == "run"]
    sizes: dict[str, dict[str, set[str]]] = {}
    for run in runs:
        cells = sizes.setdefault(setting(run), {})
        cells.setdefault(run["cell"], set()).add(hidden(run))
    split = {
        name: any(len(found) > 1 for found in cells.values())
        for name, cells in sizes.items()
    }
    groups: dict[str, list[Record]] = {}
    for record in records:
        if record["kind"] not in ("run", "equivalence"):
            continue
        name = setting(record)
        if name in split:
            full = name + hidden(record) * split[name]
            groups.setdefault(full, []).append(record)
    baselines = [r for r in records if r["kind"] == "baselines"]
    return [
        [*group, *(b for b in baselines if same_data(b, group[0]))]
        for group in groups.values()
        if any(record["kind"] == "run" for record in group)
    ]


def setting(record: Record) -> str:
    """What the runs of one comparison share."""
    spec = {n: record["spec"].get(n) for n in OF_THE_RUN}
    options = chosen(record)
    options["model"].pop("hidden_size", None)
    return json.dumps([record["task"], spec, options], sort_keys=True)


def hidden(record: Record) -> str:
    """The hidden size of a run."""
    return str(options_of(record)["model"]["hidden_size"])


def same_data(baseline: Record, run: Record) -> bool:
    """Whether baselines are of the data of a run."""
    sides = [options_of(record)["data"] for record in (baseline, run)]
    return baseline["task"] == run["task"] and sides[0] == sides[1]


def newest(group: list[Record]) -> list[Record]:
    """The last record of each run: code and versions may have moved on."""
    found: dict[tuple[Any, ...], Record] = {}
    for record in group:
        place = tuple(record[name] for name in OWN)
        if record["kind"] == "baselines":
            place = (record["seed"],)
        if record["kind"] == "equivalence":
            place = place[:2]
        found[record["kind"], *place] = record
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
    spec = record["spec"]
    words = [
        f"{name.replace('_', ' ')} {spec[name]}"
        for name in ("preset", "init", "precision", "device")
        if spec.get(name)
    ]
    for changes in chosen(record).values():
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
