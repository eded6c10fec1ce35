"""How the setups of two comparisons differ."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from comparisons.records.record import RunRecord
from shared.tasks import resolve

SETUP = (
    *("commit", "machine", "versions", "device", "kernels"),
    *("spec", "dataset", "data_hashes"),
)
"""Fields of a record that describe its setup."""

ROW = {"task", "framework", "cell", "seed"}
"""What distinguishes one run of a comparison from another."""


class Difference(NamedTuple):
    """A field by its path in the records, and its values as text."""

    name: str
    new: str
    old: str


def differences(
    new: list[RunRecord], old: list[RunRecord], rows: list[tuple[str, str]]
) -> Iterator[Difference]:
    """The fields whose values are not the same, over these rows alone.

    A data option that a record lacks came later, and was its default.
    """
    usual = [usual_data(records) for records in (new, old)]
    sides: list[dict[str, set[str]]] = [{}, {}]
    for side, records in zip(sides, (new, old)):
        for record in records:
            if record.row in rows:
                fields = {name: getattr(record, name) for name in SETUP}
                for path, value in flat(msgspec.to_builtins(fields)):
                    side.setdefault(path, set()).add(value)
    for path in dict.fromkeys((*sides[0], *sides[1])):
        texts = [
            ", ".join(sorted(side.get(path, {absent.get(path, "-")})))
            for side, absent in zip(sides, usual, strict=True)
        ]
        if texts[0] != texts[1]:
            yield Difference(path, *texts)


def usual_data(records: list[RunRecord]) -> dict[str, str]:
    """The data options of these runs' data set where none is given."""
    if not records:
        return {}
    spec = records[0].spec
    names = {"task": spec.task, "framework": spec.framework, "cell": "rnn"}
    known = spec.data.get("dataset")
    given = {"dataset": known} if known else {}
    data = vars(resolve(**names, data=given).data)
    return dict(flat({"spec": {"data": data}}))


def flat(fields: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The path and the text of each value in nested fields."""
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        elif name not in ROW and value not in (None, ""):
            text = value if isinstance(value, str) else json.dumps(value)
            yield f"{prefix}{name}", text
