"""The table of `compare.py verify`: largest deviations and their limits."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console

from comparisons.analysis.tables import terminal_table
from comparisons.equivalence.case import BATCH
from comparisons.equivalence.language_model import RULES, SYMBOLS
from comparisons.equivalence.limits import LIMITS
from comparisons.records.store import Record
from shared.exhibits.names import framework_name, row_name
from shared.specs import LAYERS

TESTED = ("float64", "float32")
CHECKS = {
    "forward": "forward",
    "gradient": "gradient",
    "trajectory": "20 steps",
}
"""Check -> its heading."""


def failures(record: Record) -> Iterator[str]:
    """The checks over their limit, and the jobs without a result."""
    name = framework_name(record["framework"])
    name += f" {record['spec']['precision']}"
    if record["status"] not in ("ok", "unavailable"):
        yield f"{name} {record['cell']} {record['layers']}: {record['error']}"
    for gap in record.get("gaps", []):
        if not gap["measured"] <= gap["limit"]:
            yield (
                f"{name}, {gap['case']}: {gap['gate']} "
                f"{gap['measured']:.1e} > {gap['limit']:.0e}"
            )


def absence(record: Record) -> str:
    """Why a framework is not checked, or nothing."""
    if record["status"] != "unavailable":
        return ""
    return f"{framework_name(record['framework'])}: {record['error']}"


def written(records: list[Record]) -> str:
    """How many tokens language models generate in float64, how many wrong."""
    wrong = [
        gap["measured"]
        for record in records
        if record["spec"]["precision"] == "float64"
        for gap in record.get("gaps", [])
        if gap["gate"] == "symbols"
    ]
    texts = len(wrong) * BATCH * len(RULES)
    return (
        f"{len(wrong)} language models generated {texts} texts of {SYMBOLS} "
        f"tokens; {int(sum(wrong))} tokens differ from the reference"
    )


def print_checks(
    records: list[Record],
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
            f"{row_name(name, cell)} {layers}",
            *(
                largest(records, name, cell, layers, precision, check)
                for precision in TESTED
                for check in CHECKS
            ),
        ]
        for name in frameworks
        for cell in cells
        for layers in LAYERS
    ]
    console.print(terminal_table(headings, rows))


def largest(
    records: list[Record],
    name: str,
    cell: str,
    layers: str,
    precision: str,
    gate: str,
) -> str:
    values = [
        gap["measured"]
        for record in records
        if (record["framework"], record["cell"], record["layers"])
        == (name, cell, layers)
        and record["spec"]["precision"] == precision
        for gap in record.get("gaps", [])
        if gap["gate"] == gate
    ]
    return f"{max(values):.0e}" if values else "-"
