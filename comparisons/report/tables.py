"""Tables of plain values: each column in the format that its numbers need."""

import math
from collections.abc import Sequence

from comparisons.report.blocks import Cell, Table, TableRow

Value = str | float | None | Cell
"""A word, a number for the format of its column, nothing, or a whole cell."""


def plain(
    name: str,
    caption: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Value]],
    heads: int = 1,
    closed: str = "",
) -> Table:
    columns = list(zip(*rows)) or [()] * len(headings)
    forms = [form_of(values) for values in columns]
    lines = [[cell_of(v, f) for v, f in zip(row, forms)] for row in rows]
    return Table(
        name=name,
        caption=caption,
        headings=tuple(headings),
        rows=tuple(TableRow(tuple(cells)) for cells in lines),
        heads=heads,
        numeric=frozenset(h for h, form in zip(headings, forms) if form),
        closed=closed,
    )


def cell_of(value: Value, form: str) -> Cell:
    if isinstance(value, Cell):
        return value
    return Cell(shown(value, form), value)


def form_of(values: Sequence[Value]) -> str:
    """The format of a column's numbers; empty where it has none.

    All have the decimals that give the largest 4 significant digits, or
    fewer where all of them have fewer.
    """
    known = [v.value if isinstance(v, Cell) else v for v in values]
    numbers = [v for v in known if isinstance(v, int | float)]
    if not numbers:
        return ""
    if all(isinstance(value, int) for value in numbers):
        return ","
    finite = [abs(v) for v in numbers if math.isfinite(v)]
    largest = max(finite, default=0.0)
    whole = math.floor(math.log10(largest)) if largest >= 1 else 0
    most = max(0, min(4, 4 - whole))
    least = (n for n in range(most) if all(round(v, n) == v for v in finite))
    return f",.{next(least, most)}f"


def shown(value: str | float | None, form: str = ",") -> str:
    """A word as it is, a number in this format, a dash for nothing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "-"
    return value if isinstance(value, str) else format(value, form)
