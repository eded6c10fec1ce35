"""Raw records in `runs.jsonl`: one line each, whole or not at all."""

import fcntl
import hashlib
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from comparisons.records.compressed import unpacked
from comparisons.records.decoding import FIELDS, StoreError, read_record
from comparisons.records.files import RECORDS
from comparisons.records.lines import ends_line, is_utf8
from comparisons.records.reading import Damaged, parsed, read_all
from comparisons.records.record import FINAL
from comparisons.records.repair import moved, repaired, write_whole
from comparisons.records.spec import Record
from shared.printable import one_line

__all__ = [
    "FIELDS",
    "Store",
    "StoreError",
    "key_of",
    "latest",
    "read_record",
    "read_records",
]


class Store:
    """The records of one comparison, held open by one process alone."""

    def __init__(self, folder: Path):
        """Open or make the folder; move lines that are no records aside."""
        self.path = folder / RECORDS
        if self.path.exists() and not self.path.is_file():
            raise StoreError(f"'{self.path}' is not a file")
        busy = StoreError(
            f"another comparison is writing to '{folder}'; wait for it "
            "or choose another folder with --out"
        )
        try:
            if not unpacked(folder):
                raise busy
            paths = (self.path, folder, *folder.parents)
            self.new = [path for path in paths if not path.exists()]
            folder.mkdir(parents=True, exist_ok=True)
            self.file = self.path.open("ab", buffering=0)
        except OSError as error:
            raise StoreError(
                f"cannot write results to '{folder}': {error.strerror}; "
                "choose another folder with --out"
            ) from error
        if not self.lock():
            self.file.close()
            raise busy
        try:
            self.records = self.read()
        except BaseException:
            self.close()
            raise
        self.status: dict[str, str] = {}
        self.scored: set[str] = set()
        for record in self.records:
            self.note(record)

    def lock(self) -> bool:
        """Whether the file is this process' own.

        Another process may have replaced it since it was opened.
        """
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = os.fstat(self.file.fileno())
            return os.path.samestat(mine, self.path.stat())
        except OSError:
            return False

    def read(self) -> list[Record]:
        """The records; afterwards each is a line of the file, and no other."""
        records, damaged = read_all(self.path)
        try:
            if damaged or not is_utf8(self.path):
                old, self.file = self.file, repaired(self.path)
                old.close()
            elif not ends_line(self.path):
                write_whole(self.file, b"\n")
        except OSError as error:
            raise self.unwritable(error) from error
        if damaged:
            text = one_line(moved(self.path, damaged))
            print(f"compare.py: {text}", file=sys.stderr)
        return records

    def append(self, record: Record, sync: bool = True) -> None:
        """Write one record to the disk before anything else happens.

        sync: False where many follow; `sync` then writes them to the disk.
        """
        line = msgspec.json.encode(record, enc_hook=list) + b"\n"
        size = os.fstat(self.file.fileno()).st_size
        try:
            write_whole(self.file, line)
            if sync:
                self.sync()
            self.path.stat()  # it may have been removed
        except OSError as error:
            self.file.truncate(size)
            raise self.unwritable(error) from error
        self.records.append(record)
        self.note(record)

    def sync(self) -> None:
        os.fsync(self.file.fileno())

    def note(self, record: Record) -> None:
        """Keep how the last record of its key ended, and whether timed."""
        self.status[record.key] = record.status
        self.scored.discard(record.key)
        if getattr(record, "timing", "timed") == "scored":
            self.scored.add(record.key)

    def finished(self, key: str, timed: bool = False) -> bool:
        """Whether the last record of this key has a final outcome.

        timed: a run that was only scored is none.
        """
        done = self.status.get(key) in FINAL
        return done and not (timed and key in self.scored)

    def unwritable(self, error: OSError) -> StoreError:
        return StoreError(
            f"cannot write '{self.path}': {error.strerror}; what it holds is "
            "kept, and the same command continues from there"
        )

    def close(self) -> None:
        """Close the file; one without a record goes, with its new folders."""
        if not self.file.closed and not os.fstat(self.file.fileno()).st_size:
            with suppress(OSError):
                for path in self.new:
                    path.unlink() if path == self.path else path.rmdir()
        self.file.close()

    def check(self) -> None:
        """StoreError if the file that is open is no longer at its path."""
        mine = os.fstat(self.file.fileno())
        try:
            same = os.path.samestat(mine, self.path.stat())
        except OSError:
            same = False
        if not same:
            raise StoreError(
                f"'{self.path}' was removed or replaced while in use"
            )


def read_records(path: Path) -> list[Record]:
    """All records of a file, complete; StoreError if a line is none."""
    records = []
    for _, found in parsed(path, read_record):
        if isinstance(found, Damaged):
            raise StoreError(f"'{path}', {found}")
        if found is not None:
            records.append(found)
    return records


def latest(records: list[Record]) -> list[Record]:
    """The last record of each key, in the order of first appearance."""
    return list({record.key: record for record in records}.values())


def key_of(*parts: Any) -> str:
    """A digest of what decides a result: spec, code and versions."""
    text = json.dumps(parts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]
