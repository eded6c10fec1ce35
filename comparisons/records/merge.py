"""Records of several stores in one: of each key, the one that says most."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from comparisons.records.examples import examples_file
from comparisons.records.files import records_file
from comparisons.records.reading import Damaged, parsed
from comparisons.records.record import FINAL, SCHEMA, Run, RunRecord
from comparisons.records.spec import Record
from comparisons.records.store import Store, StoreError, read_record

CHECKPOINTS = "checkpoints"

Rank = tuple[bool, bool, str]
"""How much a record says; the greater, the more."""


class Merged(NamedTuple):
    """What was merged: records added, and those that were there or doubled."""

    added: int
    doubled: int


def merge(sources: list[Path], out: Path) -> Merged:
    """Append to a store what it lacks; StoreError for a line that is none.

    A record of a key that is known is added if it says more: a result before
    none, a timed run before a scored one, then the later one. The same merge
    again adds nothing.
    """
    store = Store(out)
    try:
        known: dict[str, Rank] = {}
        for record in store.records:
            note_best(known, record)
        store.records.clear()  # not those of many stores at once
        before = dict(known)
        for record in (r for s in sources for r in lines(s)):
            note_best(known, record)
        added = seen = 0
        for source in sources:
            for record in lines(source):
                seen += 1
                best = known[record.key]
                if rank(record) != best or before.get(record.key) == best:
                    continue
                copy_files(source, out, record)
                record.schema = SCHEMA  # the form in which it was read
                store.append(record, sync=False)
                store.records.clear()
                before[record.key] = best
                added += 1
        store.sync()
    finally:
        store.close()
    return Merged(added, seen - added)


def lines(source: Path) -> Iterator[Record]:
    path = records_file(source)
    for _, found in parsed(path, read_record):
        if isinstance(found, Damaged):
            raise StoreError(f"'{path}', {found}")
        if found is not None:
            yield found


def note_best(known: dict[str, Rank], record: Record) -> None:
    """Keep the rank of the record of its key that says most."""
    own = rank(record)
    known[record.key] = max(own, known.get(record.key, own))


def rank(record: Record) -> Rank:
    timed = isinstance(record, RunRecord) and record.timing == "timed"
    return record.status in FINAL, timed, record.began


def copy_files(source: Path, out: Path, record: Record) -> None:
    """Copy the checkpoint and the scores of a run's examples, if there."""
    if not isinstance(record, Run):
        return
    names = [examples_file(Path(), record.key)]
    if record.checkpoint:
        names.append(Path(CHECKPOINTS) / record.checkpoint)
    for name in names:
        if (source / name).is_file():
            part = out / name.with_name(f"{name.name}.partial")
            part.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, part)
            part.replace(out / name)
