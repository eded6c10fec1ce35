"""How records were made, and where two comparisons were made otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from comparisons.arguments.flags import FIXED
from comparisons.records.store import Record
from shared.tasks import RECORDS, defaults, get_task

MADE = (
    *("commit", "machine", "versions", "device", "kernels"),
    *("spec", "model_spec", "train_spec", "dataset", "data_hashes"),
)
"""Fields of a record that say how it was made."""

ROW = {"task", "framework", "cell", "seed"}
"""What tells one run of a comparison from another."""

OF_THE_RUN = ("preset", "init", "device", "precision", "threads")
"""Fields of a spec that the runs of one comparison share, but its records."""

UNASKED = FIXED - {"data_sha256"}
"""Fields of those that follow from others, or from the data."""

ABSENT = "-"


class Difference(NamedTuple):
    """A field by its path in the records, and its values as text."""

    name: str
    new: str
    old: str


def options_of(record: Record) -> dict[str, dict[str, Any]]:
    """Record of options -> its fields as they were in a run.

    What an older or incomplete spec leaves out is as its preset has it.
    """
    spec = record["spec"]
    given = {kind: spec.get(kind) or {} for kind in RECORDS}
    return {
        kind: {
            name: value
            for name, value in {**usual, **given[kind]}.items()
            if name not in UNASKED
        }
        for kind, usual in usual_options(record).items()
    }


def chosen(record: Record) -> dict[str, dict[str, Any]]:
    """Record of options -> the fields that differ from the preset's."""
    usual = usual_options(record)
    return {
        kind: {
            name: value
            for name, value in sorted(options.items())
            if value != usual[kind].get(name)
        }
        for kind, options in options_of(record).items()
    }


def usual_options(record: Record) -> dict[str, dict[str, Any]]:
    """The options of the record's preset on its data set."""
    spec = record["spec"]
    data = spec.get("data") or {}
    named = {n: data[n] for n in ("data", "dataset") if n in data}
    return _usual(record["task"], spec.get("preset", ""), **named)


@cache
def _usual(task: str, preset: str, **data: str) -> dict[str, dict[str, Any]]:
    """The same, once for each; a preset that is gone is the standard one."""
    found = get_task(task)
    known = preset if preset in found.presets else "standard"
    return defaults(found, known, data)


def differences(
    new: list[Record], old: list[Record], rows: list[tuple[str, str]]
) -> Iterator[Difference]:
    """The fields whose values are not the same, over these rows alone."""
    sides = [
        values_by_field(
            [r for r in side if (r["framework"], r["cell"]) in rows]
        )
        for side in (new, old)
    ]
    for name in dict.fromkeys((*sides[0], *sides[1])):
        texts = [side.get(name, ABSENT) for side in sides]
        if texts[0] != texts[1]:
            yield Difference(name, *texts)


def values_by_field(records: list[Record]) -> dict[str, str]:
    """Path of a field -> all of its values, as one text."""
    found: dict[str, set[str]] = {}
    for record in records:
        made = {name: record.get(name) for name in MADE}
        spec = {n: v for n, v in record["spec"].items() if n in OF_THE_RUN}
        made["spec"] = {**spec, "data": chosen(record)["data"]}
        for name in MADE:
            for path, value in flat(name, made[name]):
                found.setdefault(path, set()).add(value)
    return {path: ", ".join(sorted(values)) for path, values in found.items()}


def flat(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """The path and the text of each value below a field."""
    if path.rpartition(".")[2] in ROW or value is None:
        return
    if not isinstance(value, dict):
        yield path, value if isinstance(value, str) else json.dumps(value)
        return
    for name, item in value.items():
        yield from flat(f"{path}.{name}", item)
