"""A file of records without the lines that are none."""

import fcntl
import os
import shutil
from io import FileIO
from pathlib import Path

from comparisons.records.decoding import read_record
from comparisons.records.reading import Damaged, parsed


def repaired(path: Path) -> FileIO:
    """Rewrite a file, a line for each record; return it open and locked.

    Other lines are appended to a file next to it. The old file keeps its name
    until the new one is whole, on the disk and locked.
    """
    target = path.resolve()
    part = target.with_name(f".{target.name}.partial")
    file = part.open("wb", buffering=0)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for text, found in parsed(target, read_record):
            if not isinstance(found, Damaged):
                write_whole(file, text + b"\n")
                continue
            with aside(path).open("ab", buffering=0) as others:
                write_whole(others, text + b"\n")
                os.fsync(others.fileno())
        os.fsync(file.fileno())
        shutil.copymode(target, part)
        part.replace(target)
    except OSError:
        file.close()
        part.unlink(missing_ok=True)
        raise
    return file


def write_whole(file: FileIO, data: bytes) -> None:
    """Write all of the data, however little a full disk takes at once."""
    while data:
        data = data[file.write(data) :]


def aside(path: Path) -> Path:
    """The file of the lines that were moved."""
    return path.with_name(f"{path.name}.damaged")


def moved(path: Path, damaged: list[Damaged]) -> str:
    """What was done, in one line."""
    first, *others = damaged
    if not others:
        return (
            f"moved line {first.number} of '{path}', which is no record "
            f"({first.reason}), to '{aside(path)}'"
        )
    return (
        f"moved {len(damaged)} lines of '{path}' that are no records to "
        f"'{aside(path)}'; the first is {first}"
    )


def unread(path: Path, damaged: list[Damaged]) -> str:
    """What is not shown, in one line."""
    first, *others = damaged
    if not others:
        return f"'{path}': line {first.number} is no record: {first.reason}"
    return (
        f"'{path}': {len(damaged)} lines are no records; the first is {first}"
    )
