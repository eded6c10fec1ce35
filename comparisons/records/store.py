"""Raw records in `runs.jsonl`: one line each, whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import json
import math
import os
from pathlib import Path
from typing import Any

from shared.errors import UserError

SCHEMA = 2
"""Version of a record's fields; raised when their meaning changes. In 1 a
spec holds what differs from the preset, from 2 on every option."""

FIELDS = {"schema", "kind", "key", "status"}
"""What every record has."""

FINAL = ("ok", "diverged")
"""Outcomes that the same command would only repeat."""

Record = dict[str, Any]


class StoreError(UserError):
    """A folder or a file of records that cannot be used."""


class Store:
    """The records of one comparison, held open by one process alone."""

    def __init__(self, folder: Path):
        """Open or make the folder; what was cut off at the end goes."""
        self.path = folder / "runs.jsonl"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
            self.descriptor = os.open(self.path, flags, 0o644)
        except OSError as error:
            raise StoreError(
                f"cannot write results to '{folder}': {error.strerror}; "
                "choose another folder with --out"
            ) from error
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self.descriptor)
            raise StoreError(
                f"another comparison is writing to '{folder}'; wait for it "
                "or choose another folder with --out"
            ) from error
        self._cut_unfinished_line()
        try:
            self.records = read_records(self.path)
        except StoreError:
            self.close()
            raise

    def append(self, record: Record) -> None:
        """Write one record to the disk before anything else happens."""
        strict = finite({"schema": SCHEMA, **record})
        line = json.dumps(strict, allow_nan=False) + "\n"
        data = line.encode()
        while data:
            data = data[os.write(self.descriptor, data) :]
        os.fsync(self.descriptor)
        self.records.append(json.loads(line))

    def finished(self, key: str) -> bool:
        """Whether a record of this key has an outcome to keep."""
        return any(
            record["key"] == key and record["status"] in FINAL
            for record in self.records
        )

    def close(self) -> None:
        """Give the file to others."""
        os.close(self.descriptor)

    def _cut_unfinished_line(self) -> None:
        """Drop what a killed process left after the last line's end."""
        data = self.path.read_bytes()
        whole = data.rfind(b"\n") + 1
        if whole < len(data):
            os.ftruncate(self.descriptor, whole)


def read_records(path: Path) -> list[Record]:
    """All records of a file; a line that is none raises StoreError."""
    records = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            record = json.loads(line)
            missing = FIELDS - record.keys()
        except (ValueError, AttributeError) as error:
            raise StoreError(
                f"{path}, line {number} is not a record; mend or remove it"
            ) from error
        if record.get("schema", SCHEMA) not in range(1, SCHEMA + 1):
            raise StoreError(
                f"{path}, line {number} has schema {record['schema']}; this "
                f"version reads schema {SCHEMA} and older"
            )
        if missing:
            raise StoreError(
                f"{path}, line {number} is not a record: it lacks "
                f"{', '.join(sorted(missing))}; mend or remove it"
            )
        records.append(record)
    return records


def finite(value: Any) -> Any:
    """The value with null for NaN and infinity, which JSON does not have."""
    if isinstance(value, dict):
        return {name: finite(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    lost = isinstance(value, float) and not math.isfinite(value)
    return None if lost else value


def latest(records: list[Record]) -> list[Record]:
    """The last record of each key, in the order of first appearance."""
    newest: dict[str, Record] = {}
    for record in records:
        newest[record["key"]] = record
    return list(newest.values())


def key_of(*parts: Any) -> str:
    """A digest of what decides a result: spec, code and versions."""
    text = json.dumps(parts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def kept_epoch(record: dict[str, Any]) -> dict[str, Any]:
    """The epoch whose weights a run kept: the best, or the last of all."""
    epochs, best = record["epochs"], record.get("best_epoch")
    found: dict[str, Any] = epochs[-1 if best is None else best]
    return found
