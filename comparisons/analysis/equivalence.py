"""The table of `compare.py verify`: largest deviations and their limits."""

import itertools
from collections.abc import Iterator

from rich.console import Console

from comparisons.analysis.tables import number, terminal_table
from comparisons.equivalence.autoregressive import SAMPLINGS, TOKENS
from comparisons.equivalence.case import BATCH
from comparisons.equivalence.limits import BY_DEVICE
from comparisons.records.measurements import Verification
from shared.exhibits.names import framework_name, row_name
from shared.specs import IMPLS_OF

TESTED = ("float64", "float32")
CHECKS = {
    "forward": "forward",
    "gradient": "gradient",
    "trajectory": "20 steps",
    "training": "training",
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
    if record.status != "unavailable":
        return ""
    return f"{framework_name(record.framework)}: {record.error}"


def generation_summary(records: list[Verification]) -> str:
    """How many tokens language models generate in float64, how many wrong."""
    wrong = [
        one.measured
        for record in records
        if record.spec.precision == "float64"
        for one in record.deviations
        if one.check == "tokens"
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
    device: str = "cpu",
) -> None:
    """The largest deviation in each check, and its limit on the device."""
    limits = BY_DEVICE[device]
    largest: dict[tuple[str, ...], float] = {}
    for record in records:
        for one in record.deviations:
            key = *record.row, record.impl, record.spec.precision, one.check
            largest[key] = max(one.measured, largest.get(key, 0.0))
    checks = [(p, c) for p in TESTED if p in limits for c in limits[p]]
    headings = ["framework, cell, layers"] + [
        f"{precision}\n{CHECKS[check]}\n≤ {limits[precision][check]:.0e}"
        for precision, check in checks
    ]
    rows = []
    for row in (
        (framework, cell, impl)
        for framework, cell in itertools.product(frameworks, cells)
        for impl in IMPLS_OF[cell]
    ):
        values = (largest.get((*row, *check)) for check in checks)
        texts = (number(value, ".0e") for value in values)
        rows.append([f"{row_name(*row[:2])} {row[2]}", *texts])
    console.print(terminal_table(headings, rows))
    console.print(f"Limits of device {device}.")
