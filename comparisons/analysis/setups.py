"""How records were made, and where two comparisons were made otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from comparisons.records.record import RunRecord

MADE = (
    *("commit", "machine", "versions", "device", "kernels"),
    *("spec", "dataset", "data_hashes"),
)
"""Fields of a record that say how it was made."""

ROW = {"task", "framework", "cell", "seed"}
"""What tells one run of a comparison from another."""

ABSENT = "-"


class Difference(NamedTuple):
    """A field by its path in the records, and its values as text."""

    name: str
    new: str
    old: str


def differences(
    new: list[RunRecord], old: list[RunRecord], rows: list[tuple[str, str]]
) -> Iterator[Difference]:
    """The fields whose values are not the same, over these rows alone."""
    sides = [
        values_by_field([run for run in side if run.row in rows])
        for side in (new, old)
    ]
    for name in dict.fromkeys((*sides[0], *sides[1])):
        texts = [side.get(name, ABSENT) for side in sides]
        if texts[0] != texts[1]:
            yield Difference(name, *texts)


def values_by_field(records: list[RunRecord]) -> dict[str, str]:
    """Path of a field -> all of its values, as one text."""
    found: dict[str, set[str]] = {}
    for record in records:
        fields = msgspec.to_builtins(record)
        for name in MADE:
            for path, value in flat(name, fields[name]):
                found.setdefault(path, set()).add(value)
    return {path: ", ".join(sorted(values)) for path, values in found.items()}


def flat(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """The path and the text of each value below a field."""
    if path.rpartition(".")[2] in ROW or value in (None, ""):
        return
    if not isinstance(value, dict):
        yield path, value if isinstance(value, str) else json.dumps(value)
        return
    for name, item in value.items():
        yield from flat(f"{path}.{name}", item)
