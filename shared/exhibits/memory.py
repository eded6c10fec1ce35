"""Exhibits of the memory tasks."""

from __future__ import annotations

from shared.exhibits.kinds import Exhibit, RunView, TextTable, one_seed

BLANK = "."
"""How a step is shown that asks for nothing."""


def example_table(runs: list[RunView]) -> list[Exhibit]:
    """What each cell of the best row's framework said to one sequence."""
    first = one_seed(runs, "example")
    if not first:
        return []
    example = first[0].details["example"]
    said = [(run.cell, run.details["example"]["said"]) for run in first]
    return [
        TextTable(
            name="example",
            title=f"One sequence of the test part, {first[0].framework}",
            text=f"A step each; {BLANK} where nothing is asked for.",
            headings=("", "step by step"),
            rows=(
                ("read", example["read"]),
                ("asked for", example["asked"]),
                *said,
            ),
        )
    ]
