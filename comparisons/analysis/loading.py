"""From folders of records to the comparisons that a report shows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path

from comparisons.analysis.settings import split_by_setting
from comparisons.analysis.shown import Details
from comparisons.analysis.summary import Summary, summarize
from comparisons.arguments.terminal import complain
from comparisons.records.files import no_records, records_file
from comparisons.records.reading import read_all
from comparisons.records.record import Run, RunRecord
from comparisons.records.repair import unread
from comparisons.records.spec import PARTS, Record
from comparisons.records.store import latest
from shared.errors import UserError

IDENTITY = {
    "run": attrgetter("row", "seed"),
    "equivalence": attrgetter("row"),
    "baselines": attrgetter("seed"),
}
"""Kind of a record -> what distinguishes it from others of one comparison."""


@dataclass(frozen=True)
class Comparison:
    """One comparison of a report; its slug begins the ids of its blocks.

    unread: lines of its file that are no records.
    """

    label: str
    slug: str
    folder: Path
    summary: Summary
    unread: int = 0

    @property
    def records(self) -> list[RunRecord]:
        return self.summary.records

    @property
    def done(self) -> list[Run]:
        return self.summary.finished

    @property
    def frameworks(self) -> list[str]:
        return self.summary.frameworks

    @property
    def cells(self) -> list[str]:
        return self.summary.cells


def read_parts(
    folders: list[Path], keys: list[str] | None = None
) -> list[Comparison]:
    """The comparisons in some folders (of these keys alone, if given)."""
    parts = [part for folder in folders for part in read_folder(folder, keys)]
    return [
        replace(part, label=label_of(part, parts), slug=f"part{number}")
        for number, part in enumerate(parts, 1)
    ]


def read_folder(folder: Path, keys: list[str] | None) -> Iterator[Comparison]:
    path = records_file(folder)
    records, details, damaged = read_latest(path, keys)
    groups = list(split_by_setting(records))
    if not groups:
        raise UserError(f"'{path}' holds no run of a comparison")
    for group in groups:
        # Code and versions may have changed since the first run.
        newest = {(r.kind, IDENTITY[r.kind](r)): r for r in group}
        summary = summarize(list(newest.values()), details=details)
        yield Comparison("", "", folder, summary, damaged)


def read_summary(folder: Path, keys: list[str] | None = None) -> Summary:
    """The summary of a folder's records, or of those of these keys."""
    path = records_file(folder)
    records, details, _ = read_latest(path, keys)
    return summarize(records, keys, details)


def read_latest(
    path: Path, keys: list[str] | None
) -> tuple[list[Record], Details, int]:
    """The last record of each key; the lines that are none, which it says.

    In the order of the keys, if given; and what reads their details.
    """
    if not path.is_file():
        raise UserError(no_records(path.parent))
    records, damaged = read_all(path, None if keys is None else set(keys))
    if damaged:
        text = unread(path, damaged)
        if not records:
            raise UserError(text)
        complain(text)
    newest = latest(records)
    details = Details(path, repeated=len(newest) < len(records))
    if keys is not None:
        by_key = {record.key: record for record in newest}
        newest = [by_key[key] for key in dict.fromkeys(keys) if key in by_key]
    return newest, details, len(damaged)


def label_of(part: Comparison, parts: list[Comparison]) -> str:
    """The task, and what distinguishes it from others of the same task."""
    name = part.summary.task.name
    same = [p for p in parts if p.summary.task.name == name]
    if len({p.folder for p in same}) > 1:
        name += f", {part.folder}"
    if sum(p.folder == part.folder for p in same) > 1:
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
