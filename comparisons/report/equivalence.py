"""Section of the page: the equivalence certificate."""

from __future__ import annotations

from comparisons.analysis.equivalence import CHECKS
from comparisons.analysis.loading import Comparison
from comparisons.records.measurements import Deviation, Equivalence
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
    found = [one for record in records for one in record.deviations]
    lost = [Note(unproved(r)) for r in records if r.status != "ok"]
    if not found:
        return [Note(UNMEASURED), *lost]
    checks = list(dict.fromkeys(one.check for one in found))
    titles = [CHECKS.get(check, check) for check in checks]
    table = Table(
        name=f"{part.slug}-checks",
        caption="Largest relative error to the NumPy reference, and its limit",
        headings=("framework", "cell", *titles, "passed"),
        lines=tuple(check_line(record, checks) for record in records),
        heads=2,
        numeric=frozenset(titles),
    )
    cases = dict.fromkeys(one.case for one in found)
    models = Note(f"Checked models: {'; '.join(cases)}.")
    return [Note(MEANING), table, *lost, models]


def in_order(part: Comparison) -> list[Equivalence]:
    """The records of the checks in the order of the table's rows."""
    order = {row.place: n for n, row in enumerate(part.summary.rows)}
    return sorted(
        part.summary.equivalence, key=lambda r: order.get(r.row, len(order))
    )


def check_line(record: Equivalence, checks: list[str]) -> Line:
    """The checks of one row, of several cases the largest deviation."""
    found: dict[str, Deviation] = {}
    for one in record.deviations:
        known = found.get(one.check)
        if known is None or one.measured > known.measured:
            found[one.check] = one
    cells = [check_cell(found.get(check)) for check in checks]
    proved = record.status == "ok" and bool(found)
    proved = proved and not any(cell.look for cell in cells)
    names = (
        Cell(framework_name(record.framework)),
        Cell(cell_name(record.cell)),
    )
    held = Cell("yes") if proved else Cell("no", look="failed")
    return Line((*names, *cells, held))


def check_cell(found: Deviation | None) -> Cell:
    """A deviation and its limit; a dash where it was not measured."""
    if found is None:
        return Cell("-")
    forms = (".1e", ".0e") if found.limit else ("g", "g")
    measured, limit = map(format, (found.measured, found.limit), forms)
    text = f"{measured} {'≤' if found.holds else '>'} {limit}"
    return Cell(text, look="" if found.holds else "failed")


def unproved(record: Equivalence) -> str:
    """Why the checks of a row have no result."""
    return f"{row_name(*record.row)}: {record.status}: {record.error}"
