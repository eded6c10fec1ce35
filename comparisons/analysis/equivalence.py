"""The table of `compare.py verify`: largest deviations and their limits."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console

from comparisons.analysis.tables import terminal_table
from comparisons.equivalence.autoregressive import SAMPLINGS, TOKENS
from comparisons.equivalence.case import BATCH
from comparisons.equivalence.limits import LIMITS
from comparisons.records.record import Verification
from shared.exhibits.names import framework_name, row_name
from shared.specs import IMPLS

TESTED = ("float64", "float32")
CHECKS = {
    "forward": "forward",
    "gradient": "gradient",
    "trajectory": "20 steps",
}
"""Check -> its heading."""


def failures(record: Verification) -> Iterator[str]:
    """The checks over their limit, and the jobs without a result."""
    name = f"{framework_name(record.framework)} {record.spec.precision}"
    if record.status not in ("ok", "unavailable"):
        yield f"{name} {record.cell} {record.impl}: {record.error}"
    for one in record.deviations:
        if not one.holds:
            yield (
                f"{name}, {one.case}: {one.check} "
                f"{one.measured:.1e} > {one.limit:.0e}"
            )


def absence(record: Verification) -> str:
    """Why a framework is not checked, or nothing."""
    if record.status != "unavailable":
        return ""
    return f"{framework_name(record.framework)}: {record.error}"


def written(records: list[Verification]) -> str:
    """How many tokens language models generate in float64, how many wrong."""
    wrong = [
        one.measured
        for record in records
        if record.spec.precision == "float64"
        for one in record.deviations
        if one.check == "symbols"
    ]
    texts = len(wrong) * BATCH * len(SAMPLINGS["language_model"])
    return (
        f"{len(wrong)} language models generated {texts} texts of {TOKENS} "
        f"tokens; {int(sum(wrong))} tokens differ from the reference"
    )


def print_checks(
    records: list[Verification],
    frameworks: list[str],
    cells: list[str],
    console: Console,
) -> None:
    """The largest deviation in each check, and its limit."""
    headings = ["framework, cell, layers"] + [
        f"{precision}\n{heading}\n≤ {LIMITS[precision][check]:.0e}"
        for precision in TESTED
        for check, heading in CHECKS.items()
    ]
    rows = [
        [
            f"{row_name(name, cell)} {impl}",
            *(
                largest(records, name, cell, impl, precision, check)
                for precision in TESTED
                for check in CHECKS
            ),
        ]
        for name in frameworks
        for cell in cells
        for impl in IMPLS
    ]
    console.print(terminal_table(headings, rows))


def largest(
    records: list[Verification],
    name: str,
    cell: str,
    impl: str,
    precision: str,
    gate: str,
) -> str:
    values = [
        one.measured
        for record in records
        if (*record.row, record.impl) == (name, cell, impl)
        and record.spec.precision == precision
        for one in record.deviations
        if one.check == gate
    ]
    return f"{max(values):.0e}" if values else "-"
