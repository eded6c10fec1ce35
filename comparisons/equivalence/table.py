"""What `compare.py verify` shows: deviations beside their limits."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Table

from comparisons.equivalence.case import BATCH
from comparisons.equivalence.language_model import RULES, SYMBOLS
from comparisons.equivalence.limits import LIMITS
from comparisons.records.record import Verification
from shared.specs import LAYERS

TESTED = ("float64", "float32")
CHECKS = {
    "forward": "forward",
    "gradient": "gradient",
    "trajectory": "20 steps",
}
"""Gate -> its heading."""


def failures(record: Verification) -> Iterator[str]:
    """The gates over their limit, and the jobs without a result."""
    name = f"{record.framework} {record.spec.precision}"
    if record.status not in ("ok", "unavailable"):
        yield f"{name} {record.cell} {record.layers}: {record.error}"
    for one in record.deviations:
        if not one.holds:
            yield (
                f"{name}, {one.case}: {one.check} "
                f"{one.measured:.1e} > {one.limit:.0e}"
            )


def absence(record: Verification) -> str:
    """Why a precision is not to be had, or nothing."""
    if record.status != "unavailable":
        return ""
    return f"{record.framework}: not gated: {record.error}"


def written(records: list[Verification]) -> str:
    """How many symbols language models wrote in float64, and how many wrong."""
    wrong = [
        one.measured
        for record in records
        if record.spec.precision == "float64"
        for one in record.deviations
        if one.check == "symbols"
    ]
    texts = len(wrong) * BATCH * len(RULES)
    return (
        f"{len(wrong)} language models wrote {texts} texts of {SYMBOLS} "
        f"symbols; {int(sum(wrong))} symbols are not the reference's"
    )


def print_checks(
    records: list[Verification],
    frameworks: list[str],
    cells: list[str],
    console: Console,
) -> None:
    """The largest deviation of each gate beside its limit."""
    table = Table(box=box.SIMPLE_HEAD, padding=0)
    table.add_column("framework, cell, layers", overflow="fold")
    for precision in TESTED:
        for gate, heading in CHECKS.items():
            limit = f"{LIMITS[precision][gate]:.0e}"
            table.add_column(
                f"{precision}\n{heading}\n≤ {limit}",
                justify="right",
                no_wrap=True,
            )
    for name in frameworks:
        for cell in cells:
            for layers in LAYERS:
                shown = [
                    largest(records, name, cell, layers, precision, gate)
                    for precision in TESTED
                    for gate in CHECKS
                ]
                table.add_row(f"{name} {cell} {layers}", *shown)
    console.print(table)


def largest(
    records: list[Verification],
    name: str,
    cell: str,
    layers: str,
    precision: str,
    gate: str,
) -> str:
    """The largest deviation over the cases of a row, as text."""
    values = [
        one.measured
        for record in records
        if (*record.row, record.layers) == (name, cell, layers)
        and record.spec.precision == precision
        for one in record.deviations
        if one.check == gate
    ]
    return f"{max(values):.0e}" if values else "-"
