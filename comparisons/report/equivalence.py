"""Section of the page: the equivalence certificate."""

from __future__ import annotations

from comparisons.analysis.loading import Comparison
from comparisons.equivalence.table import CHECKS
from comparisons.records.record import Deviation, Equivalence
from comparisons.report.blocks import Block, Cell, Line, Note, Table

MEANING = (
    "Before anything is timed, each row's own model is held against one "
    "numpy reference: the same weights in, the same outputs, gradients and "
    "twenty training steps out."
)
UNMEASURED = (
    "No gate was measured: equivalence is shown for --init matched, where "
    "all frameworks begin with the same weights."
)


def equivalence_section(part: Comparison) -> list[Block]:
    """Each gate of each row: what was measured, and its limit."""
    records = in_order(part)
    found = [one for record in records for one in record.deviations]
    lost = [Note(unproved(r)) for r in records if r.status != "ok"]
    if not found:
        return [Note(UNMEASURED), *lost]
    gates = list(dict.fromkeys(one.check for one in found))
    titles = [CHECKS.get(gate, gate) for gate in gates]
    table = Table(
        name=f"{part.slug}-gates",
        caption="Largest relative deviation from the numpy reference, and "
        "its limit",
        headings=("framework", "cell", *titles, "held"),
        lines=tuple(gate_line(record, gates) for record in records),
        heads=2,
        numeric=frozenset(titles),
    )
    cases = dict.fromkeys(one.case for one in found)
    models = Note(f"Gated models: {'; '.join(cases)}.")
    return [Note(MEANING), table, *lost, models]


def in_order(part: Comparison) -> list[Equivalence]:
    """The records of the gates in the order of the table's rows."""
    order = {row.place: n for n, row in enumerate(part.summary.rows)}
    return sorted(
        part.summary.equivalence, key=lambda r: order.get(r.row, len(order))
    )


def gate_line(record: Equivalence, gates: list[str]) -> Line:
    """The gates of one row, of several cases the largest deviation."""
    found: dict[str, Deviation] = {}
    for one in record.deviations:
        known = found.get(one.check)
        if known is None or one.measured > known.measured:
            found[one.check] = one
    cells = [gate_cell(found.get(gate)) for gate in gates]
    proved = record.status == "ok" and bool(found)
    proved = proved and not any(cell.look for cell in cells)
    names = map(Cell, record.row)
    held = Cell("yes") if proved else Cell("no", look="failed")
    return Line((*names, *cells, held))


def gate_cell(found: Deviation | None) -> Cell:
    """A deviation beside its limit; a dash where it was not measured."""
    if found is None:
        return Cell("-")
    forms = (".1e", ".0e") if found.limit else ("g", "g")
    measured, limit = map(format, (found.measured, found.limit), forms)
    text = f"{measured} {'≤' if found.holds else '>'} {limit}"
    return Cell(text, look="" if found.holds else "failed")


def unproved(record: Equivalence) -> str:
    """Why the gates of a row have no result."""
    return f"{' '.join(record.row)}: {record.status}: {record.error}"
