"""What a check of an adapter found, by kind of case."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from comparisons.vectors.compare import ENDS, Result
from comparisons.vectors.diagnosis.explain import explain
from comparisons.vectors.index import Vectors

HEADINGS = (
    *("kind", "cases", "passed", "failed", "not supported"),
    *("largest deviation", "gradients"),
)
MOST_TEXTS = 3
"""Mistakes and reasons of one kind that are shown."""


@dataclass
class Row:
    """One kind of case.

    deviations: the largest of outputs, gradients and trainings over all cases
    that returned them; mistakes: text and in how many of the examined
    failures; reasons: why cases are not supported; ends: what the outputs past
    the end of a sequence are.
    """

    kind: str
    cases: int
    passed: int
    failed: int
    unsupported: int
    deviations: dict[str, float] = field(default_factory=dict)
    mistakes: list[tuple[str, int]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)


def row_of(
    vectors: Vectors, kind: str, results: list[Result], precision: str
) -> Row:
    """The counts of a kind, and why what failed did."""
    counts = Counter(one.status for one in results)
    deviations: dict[str, float] = {}
    for one in results:
        for part, value in one.deviations.items():
            deviations[part] = max(value, deviations.get(part, 0.0))
    reasons = (r.text for r in results if r.status == "unsupported")
    ends = {one.ends for one in results if one.ends is not None}
    return Row(
        kind,
        len(results),
        counts["passed"],
        counts["failed"] + counts["error"],
        counts["unsupported"],
        deviations,
        explain(vectors, kind, results, precision),
        list(dict.fromkeys(reasons))[:MOST_TEXTS],
        sorted(ends),
    )


def cells(row: Row) -> list[str]:
    """The row of the table that is printed."""
    deviation = max(row.deviations.values(), default=0.0)
    gradients = "compared" if "gradients" in row.deviations else "not returned"
    return [
        row.kind,
        str(row.cases),
        str(row.passed),
        str(row.failed),
        str(row.unsupported),
        f"{deviation:.1e}" if row.deviations else "",
        gradients if row.deviations else "",
    ]


def notes(row: Row) -> str:
    """Likely mistakes, reasons, what is past the ends; "" for none of them."""
    examined = sum(count for _, count in row.mistakes)
    parts = [
        f"{text} ({count} of {examined} examined)"
        for text, count in row.mistakes[:MOST_TEXTS]
    ]
    if row.unsupported:
        parts += row.reasons
    if any(row.ends):
        kinds = " or ".join(ENDS[one] for one in row.ends)
        parts.append(f"past the end: {kinds}")
    return "; ".join(parts)


def record_of(
    description: dict[str, Any],
    precision: str,
    version: str,
    command: str,
    rows: Iterable[Row],
) -> dict[str, Any]:
    """What is written with --out."""
    return {
        "adapter": description["name"],
        "versions": description["versions"],
        "precision": precision,
        "vectors": version,
        "command": command,
        "kinds": [asdict(row) for row in rows],
    }
