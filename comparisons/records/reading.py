"""The records of a file, and its lines that are none."""

import gc
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from comparisons.records.compact import Compact
from comparisons.records.decoding import INVALID, Known, key_in, read_record
from comparisons.records.lines import joined_records, lines_of
from comparisons.records.record import Run
from comparisons.records.spec import Record

LONGEST = 200
"""Characters of a reason."""


class Damaged(NamedTuple):
    """A line that is no record, by its number, and why."""

    number: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.reason}"


Read = Callable[[bytes, str], Record | None]
"""(line, its place) -> its record, None to leave it out; may raise INVALID."""


def parsed(
    path: Path, read: Read
) -> Iterator[tuple[bytes, Record | Damaged | None]]:
    """Each line, or record of a line that joins several, and what it is."""
    for number, text in lines_of(path):
        place = f"{path}, line {number}"
        try:
            yield text, read(text, place)
        except INVALID as error:
            found = joined_records(text)
            if found == [text]:
                yield text, Damaged(number, reason(error))
                continue
            for part in found or [text]:
                try:
                    yield part, read(part, place)
                except INVALID as cause:
                    yield part, Damaged(number, reason(cause))


def reason(error: Exception) -> str:
    """The first line of an error, without control characters."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    text, _, _ = str(error).partition("\n")
    return text[:LONGEST].encode("unicode_escape").decode()


def read_all(
    path: Path, keys: Collection[str] | None = None
) -> tuple[list[Record], list[Damaged]]:
    """The records of a file, small, and its damaged lines.

    keys: those of the records that are wanted, None for all. Records have no
    detail (see `details_of`).
    """
    records: list[Record] = []
    damaged: list[Damaged] = []
    compact = Compact()
    read = partial(read_wanted, keys=keys, detail=False, known=Known())
    with without_collection():
        for _, found in parsed(path, read):
            if isinstance(found, Damaged):
                damaged.append(found)
            elif found is not None:
                compact(found)
                records.append(found)
    return records, damaged


@contextmanager
def without_collection() -> Iterator[None]:
    """Context without a search for cycles: many records are many objects.

    The collector would walk over all of them again and again.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def details_of(
    path: Path, keys: Collection[str], repeated: bool
) -> dict[str, Any]:
    """Key -> the detail of its last record.

    repeated: whether a key may have several records; else reading ends with
    the last of the keys.
    """
    found: dict[str, Any] = {}
    for _, run in parsed(path, partial(read_wanted, keys=keys)):
        if isinstance(run, Run):
            found[run.key] = run.detail
            if not repeated and len(found) == len(keys):
                break
    return found


def read_wanted(
    text: bytes,
    place: str,
    keys: Collection[str] | None = None,
    detail: bool = True,
    known: Known | None = None,
) -> Record | None:
    """The record of a line; None if it has another key."""
    if keys is not None:
        try:
            if key_in(text) not in keys:
                return None
        except INVALID:
            pass
    return read_record(text, place, detail, known)
