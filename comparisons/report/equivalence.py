"""Section of the page: the equivalence checks."""

from comparisons.analysis.equivalence import CHECKS
from comparisons.analysis.loading import Comparison
from comparisons.records.measurements import Deviation, Equivalence
from comparisons.report.blocks import Block, Cell, Note, Table, TableRow
from shared.exhibits.names import cell_name, framework_name, row_name

MEANING = (
    "Before training, the model of each row is compared with one NumPy "
    "reference: with the same weights it must produce the same outputs, "
    "gradients, and 20 training steps. In float64 it must also keep to the "
    "reference over 20 steps of the row's own training (optimizer and its "
    "constants, schedule, clipping, seed, label smoothing, teacher forcing), "
    "without dropout, in the row's own sizes where they are small."
)
UNMEASURED = (
    "Not checked: equivalence requires --init matched, where all frameworks "
    "start from the same weights."
)


def equivalence_section(part: Comparison) -> list[Block]:
    """Each check of each row: the error and its limit."""
    places = [row.place for row in part.summary.rows]
    records = sorted(
        part.summary.equivalence,
        key=lambda r: places.index(r.row) if r.row in places else len(places),
    )
    found = [one for record in records for one in record.deviations]
    failed: list[Block] = [
        Note(f"{row_name(*record.row)}: {record.status}: {record.error}")
        for record in records
        if record.status != "ok"
    ]
    if not found:
        return failed or [Note(UNMEASURED)]
    checks = list(dict.fromkeys(one.check for one in found))
    titles = [CHECKS.get(check, check) for check in checks]
    table = Table(
        name=f"{part.slug}-checks",
        caption="Largest relative error to the NumPy reference, and its limit",
        headings=("framework", "cell", *titles, "passed"),
        rows=tuple(check_row(record, checks) for record in records),
        heads=2,
        numeric=frozenset(titles),
    )
    cases = dict.fromkeys(one.case for one in found)
    models = Note(f"Models checked: {len(cases)}, each named in runs.jsonl.")
    return [Note(MEANING), table, *failed, models]


def check_row(record: Equivalence, checks: list[str]) -> TableRow:
    """The checks of one row, of several cases the largest deviation."""
    cells = []
    for check in checks:
        known = [one for one in record.deviations if one.check == check]
        largest = max(known, key=lambda one: one.measured, default=None)
        cells.append(check_cell(largest))
    passed = record.status == "ok" and bool(record.deviations)
    passed = passed and not any(cell.status for cell in cells)
    names = framework_name(record.framework), cell_name(record.cell)
    result = Cell("yes") if passed else Cell("no", status="failed")
    return TableRow((*map(Cell, names), *cells, result))


def check_cell(found: Deviation | None) -> Cell:
    """A deviation and its limit; a dash where it was not measured.

    A count has no limit: it is equal or not.
    """
    if found is None:
        return Cell("-")
    text = "equal" if found.holds else f"differ by {found.measured:g}"
    if found.limit:
        sign = "≤" if found.holds else ">"
        text = f"{found.measured:.1e} {sign} {found.limit:.0e}"
    return Cell(text, status="" if found.holds else "failed")
