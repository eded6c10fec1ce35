"""Section of the page: the equivalence certificate."""

from __future__ import annotations

from typing import Any

from comparisons.analysis.equivalence import CHECKS
from comparisons.analysis.loading import Comparison
from comparisons.records.store import Record
from comparisons.report.blocks import Block, Cell, Line, Note, Table
from shared.exhibits.names import cell_name, framework_name, row_name

MEANING = (
    "Before training, the model of each row is compared with one NumPy "
    "reference: with the same weights it must produce the same outputs, "
    "gradients, and 20 training steps."
)
UNMEASURED = (
    "Not checked: equivalence requires --init matched, where all frameworks "
    "start from the same weights."
)


def equivalence_section(part: Comparison) -> list[Block]:
    """Each check of each row: the error and its limit."""
    records = in_order(part)
    gaps = [gap for record in records for gap in record.get("gaps", [])]
    lost = [Note(unproved(r)) for r in records if r["status"] != "ok"]
    if not gaps:
        return [Note(UNMEASURED), *lost]
    gates = list(dict.fromkeys(gap["gate"] for gap in gaps))
    titles = [CHECKS.get(gate, gate) for gate in gates]
    table = Table(
        name=f"{part.slug}-gates",
        caption="Largest relative error to the NumPy reference, and its limit",
        headings=("framework", "cell", *titles, "passed"),
        lines=tuple(gate_line(record, gates) for record in records),
        heads=2,
        numeric=frozenset(titles),
    )
    cases = dict.fromkeys(gap["case"] for gap in gaps)
    models = Note(f"Checked models: {'; '.join(cases)}.")
    return [Note(MEANING), table, *lost, models]


def in_order(part: Comparison) -> list[Record]:
    """The records of the checks in the order of the table's rows."""
    places = [(row["framework"], row["cell"]) for row in part.summary.rows]
    order = {place: number for number, place in enumerate(places)}

    def place_of(record: Record) -> int:
        return order.get((record["framework"], record["cell"]), len(order))

    return sorted(part.summary.equivalence, key=place_of)


def gate_line(record: Record, gates: list[str]) -> Line:
    """The checks of one row, of several cases the largest deviation."""
    found: dict[str, dict[str, Any]] = {}
    for gap in record.get("gaps", []):
        known = found.get(gap["gate"])
        if known is None or gap["measured"] > known["measured"]:
            found[gap["gate"]] = gap
    cells = [gate_cell(found.get(gate)) for gate in gates]
    proved = record["status"] == "ok" and bool(found)
    proved = proved and not any(cell.look for cell in cells)
    names = (
        Cell(framework_name(record["framework"])),
        Cell(cell_name(record["cell"])),
    )
    held = Cell("yes") if proved else Cell("no", look="failed")
    return Line((*names, *cells, held))


def gate_cell(gap: dict[str, Any] | None) -> Cell:
    """A deviation and its limit; a dash where it was not measured."""
    if gap is None:
        return Cell("-")
    held = gap["measured"] <= gap["limit"]
    forms = (".1e", ".0e") if gap["limit"] else ("g", "g")
    measured, limit = (
        format(gap[name], form)
        for name, form in zip(("measured", "limit"), forms)
    )
    text = f"{measured} {'≤' if held else '>'} {limit}"
    return Cell(text, look="" if held else "failed")


def unproved(record: Record) -> str:
    """Why the checks of a row have no result."""
    name = row_name(record["framework"], record["cell"])
    return f"{name}: {record['status']}: {record.get('error', '')}"
