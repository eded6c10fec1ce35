"""Raw records in `runs.jsonl`: one line each, whole or not at all."""

import difflib
import fcntl
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import msgspec

from comparisons.records.record import FINAL, SCHEMA, typed
from comparisons.records.spec import Record
from comparisons.records.upgrade import upgraded
from shared.errors import UserError
from shared.fields import current_keys

FIELDS = ("schema", "kind", "key", "status")
"""What every record has, whatever its version."""

SPECS = ("spec", "overrides", "model_spec", "train_spec", "data_spec")
"""Fields whose keys are options, renamed by their task."""


class StoreError(UserError):
    """A folder or a file of records that cannot be used."""


class Store:
    """The records of one comparison, held open by one process alone."""

    def __init__(self, folder: Path):
        """Open or make the folder; drop an unfinished line at the end."""
        self.path = folder / "runs.jsonl"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.file = self.path.open("ab")
        except OSError as error:
            raise StoreError(
                f"cannot write results to '{folder}': {error.strerror}; "
                "choose another folder with --out"
            ) from error
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.close()
            raise StoreError(
                f"another comparison is writing to '{folder}'; wait for it "
                "or choose another folder with --out"
            ) from error
        data = self.path.read_bytes()
        if not data.endswith(b"\n"):  # a killed process leaves a part of one
            self.file.truncate(data.rfind(b"\n") + 1)
        try:
            self.records = read_records(self.path)
        except StoreError:
            self.close()
            raise

    def append(self, record: Record) -> None:
        """Write one record to the disk before anything else happens."""
        self.file.write(msgspec.json.encode(record) + b"\n")  # NaN is null
        self.file.flush()
        os.fsync(self.file.fileno())
        self.records.append(record)

    def finished(self, key: str) -> bool:
        """Whether a record of this key has a final outcome."""
        return any(r.key == key and r.status in FINAL for r in self.records)

    def close(self) -> None:
        self.file.close()

    def check(self) -> None:
        """StoreError if the file that is open is no longer at its path."""
        mine = os.fstat(self.file.fileno())
        try:
            same = os.path.samestat(mine, self.path.stat())
        except OSError:
            same = False
        if not same:
            raise StoreError(f"'{self.path}' was removed or replaced meanwhile")


def read_records(path: Path) -> list[Record]:
    """All records of a file; a line that is none raises StoreError.

    A result that lacks a field counts as a run that failed.
    """
    records = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        place = f"{path}, line {number}"
        try:
            records.append(read_record(line, place))
        except (msgspec.MsgspecError, ValueError) as error:
            raise StoreError(
                f"{place} is not a record: {error}; repair or remove it"
            ) from error
    return records


def read_record(line: bytes | str, place: str) -> Record:
    fields = json.loads(line)
    if not isinstance(fields, dict):
        raise ValueError("it is no JSON object")
    specs = {name: fields[name] for name in SPECS if name in fields}
    fields = current_keys(fields) | specs
    if fields.get("schema", SCHEMA) not in (1, SCHEMA):
        raise StoreError(
            f"{place} has schema {fields['schema']}; this version reads "
            f"schema 1 and {SCHEMA}"
        )
    missing = [name for name in FIELDS if name not in fields]
    if missing:
        raise ValueError(f"it lacks {', '.join(missing)}")
    if fields["schema"] == 1:
        fields = upgraded(fields)
    try:
        return typed(fields)
    except msgspec.ValidationError as error:
        if fields["status"] != "ok":
            raise
        # Without its result, it has the fields of every record alone.
        names = fields.keys() & Record.__struct_fields__
        head = {name: fields[name] for name in names}
        text = f"the record is invalid: {error}"
        return typed({**head, "status": "failed", "error": text})


def latest(records: list[Record]) -> list[Record]:
    """The last record of each key, in the order of first appearance."""
    return list({record.key: record for record in records}.values())


def key_of(*parts: Any) -> str:
    """A digest of what decides a result: spec, code and versions."""
    text = json.dumps(parts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def no_records(folder: Path) -> str:
    """The error message for a folder without a comparison."""
    paths = [
        *Path().glob("*/*/runs.jsonl"),
        *folder.parent.glob("*/runs.jsonl"),
    ]
    folders = sorted({str(path.parent) for path in paths})
    near = difflib.get_close_matches(str(folder), folders, n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'? " if near else ""
    choices = f"choices: {', '.join(folders)}" if folders else "none is near"
    return f"'{folder}' holds no runs.jsonl; {hint}{choices}"
