"""How far the frameworks' cells are from equal, from recorded checks."""

from pathlib import Path

from comparisons.analysis.wording import listed
from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from comparisons.records.measurements import Verification
from comparisons.records.store import read_records
from shared.exhibits.names import framework_name

FOLDER = "docs/verify"
"""The record of `compare.py verify`."""

CHECKS = {
    "forward": "forward",
    "gradient": "gradients",
    "trajectory": "after 20 steps",
}
"""Check -> its words."""


def proofs(root: Path = ROOT) -> dict[str, str]:
    """Cell -> its largest deviations in float32.

    A cell that a check fails, and one without a record, is not there.
    """
    path = records_file(root / FOLDER)
    if not path.exists():
        return {}
    cells: dict[str, list[Verification]] = {}
    for record in read_records(path):
        if not isinstance(record, Verification):
            continue
        if record.spec.precision == "float32":
            cells.setdefault(record.cell, []).append(record)
    return {
        cell: proof(records)
        for cell, records in cells.items()
        if all(map(passed, records))
    }


def passed(record: Verification) -> bool:
    found = record.deviations
    known = record.status == "ok" and bool(found)
    return known and all(one.holds for one in found)


def proof(records: list[Verification]) -> str:
    found = [one for record in records for one in record.deviations]
    largest = [
        f"{words} {max(values):.0e}"
        for check, words in CHECKS.items()
        if (values := [one.measured for one in found if one.check == check])
    ]
    models = len({one.case for one in found})
    names = dict.fromkeys(framework_name(one.framework) for one in records)
    return (
        f"Proved equal: {', '.join(largest)} (largest relative deviation of "
        f"{listed(list(names))} from the NumPy reference in float32, {models} "
        "models)."
    )
