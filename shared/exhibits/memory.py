"""Exhibits of the memory tasks."""

from __future__ import annotations

from shared.exhibits.kinds import Exhibit, RunView, TextTable, one_seed

BLANK = "."
"""How a step without a target is shown."""


def example_table(runs: list[RunView]) -> list[Exhibit]:
    """What each cell of the best row's framework predicted for one sequence."""
    first = one_seed(runs, "example")
    if not first:
        return []
    example = first[0].details["example"]
    predictions = [(run.cell, run.details["example"]["said"]) for run in first]
    return [
        TextTable(
            name="example",
            title=f"One sequence of the test split, {first[0].framework}",
            text=f"One character per step; {BLANK}: a step without a target.",
            headings=("", "step by step"),
            rows=(
                ("input", example["read"]),
                ("target", example["asked"]),
                *predictions,
            ),
        )
    ]
