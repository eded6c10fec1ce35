"""Exhibits of the memory tasks."""

from shared.exhibits.kinds import Exhibit, Lines, Series, TextTable
from shared.exhibits.runs import RunView, mean_errors, one_seed

BLANK = "."
"""How a step without a target is shown."""


def example_table(runs: list[RunView]) -> list[Exhibit]:
    """What each cell of the best row's framework predicted for one sequence."""
    first = one_seed(runs, "example")
    if not first:
        return []
    example = first[0].details["example"]
    rows = [("input", example["input"]), ("target", example["target"])]
    rows += [(run.cell, run.details["example"]["predicted"]) for run in first]
    return [
        TextTable(
            name="example",
            title=f"One sequence of the test split, {first[0].framework}",
            text=f"One character per step; {BLANK}: a step without a target.",
            headings=("", "step by step"),
            rows=tuple(rows),
        )
    ]


def sums_and_predictions(runs: list[RunView]) -> list[Exhibit]:
    """The sums that each cell predicts, over the true ones."""
    first = one_seed(runs, "answer")
    if not first:
        return []
    series = [Series("ideal", (0.0, 2.0), (0.0, 2.0), dash="dot")]
    for run in first:
        x, y = tuple(run.details["sum"]), tuple(run.details["answer"])
        series.append(Series(run.cell, y, x, kind="points"))
    return [
        Lines(
            name="answers",
            title=_misses(first),
            text=(
                f"Predicted over true sum, {first[0].framework}. One point per "
                "test sequence; without memory the best is 1."
            ),
            x_label="sum of the marked numbers",
            y_label="prediction",
            series=tuple(series),
        )
    ]


def _misses(runs: list[RunView]) -> str:
    """By how much the cells miss the sum, from the best to the worst."""
    shown = mean_errors(runs, "answer", "sum")
    return f"Predictions miss the sum on average: {shown}"
