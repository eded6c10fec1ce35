"""What `compare.py verify` shows: deviations beside their limits."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Table

from comparisons.equivalence.case import BATCH
from comparisons.equivalence.language_model import RULES, SYMBOLS
from comparisons.equivalence.limits import LIMITS
from comparisons.records.store import Record
from shared.specs import LAYERS

TESTED = ("float64", "float32")
CHECKS = {
    "forward": "forward",
    "gradient": "gradient",
    "trajectory": "20 steps",
}
"""Gate -> its heading."""


def failures(record: Record) -> Iterator[str]:
    """The checks over their limit, and the jobs without a result."""
    name = f"{record['framework']} {record['spec']['precision']}"
    if record["status"] not in ("ok", "unavailable"):
        yield f"{name} {record['cell']} {record['layers']}: {record['error']}"
    for gap in record.get("gaps", []):
        if not gap["measured"] <= gap["limit"]:
            yield (
                f"{name}, {gap['case']}: {gap['gate']} "
                f"{gap['measured']:.1e} > {gap['limit']:.0e}"
            )


def absence(record: Record) -> str:
    """Why a precision is unavailable, or ""."""
    if record["status"] != "unavailable":
        return ""
    return f"{record['framework']}: not gated: {record['error']}"


def written(records: list[Record]) -> str:
    """Tokens that language models generated in float64, and wrong ones."""
    wrong = [
        gap["measured"]
        for record in records
        if record["spec"]["precision"] == "float64"
        for gap in record.get("gaps", [])
        if gap["gate"] == "symbols"
    ]
    texts = len(wrong) * BATCH * len(RULES)
    return (
        f"{len(wrong)} language models wrote {texts} texts of {SYMBOLS} "
        f"symbols; {int(sum(wrong))} symbols are not the reference's"
    )


def print_checks(
    records: list[Record],
    frameworks: list[str],
    cells: list[str],
    console: Console,
) -> None:
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
