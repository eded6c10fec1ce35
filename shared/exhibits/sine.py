"""Exhibits of the sine task: one forecast, and the worst ones."""

from shared.exhibits.kinds import Exhibit, Lines, Series, TextTable
from shared.exhibits.runs import RunView, best_runs, mean_errors, one_seed

ERRORS = 10
"""Worst forecasts that are listed."""


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    first = one_seed(runs, "forecast")
    if not first:
        return []
    truth = first[0].details
    lines = Lines(
        name="forecast",
        title=_misses(first),
        text=(
            f"Forecast and truth, {first[0].framework}, seed {first[0].seed}. "
            f"The first {len(truth['noisy'])} steps of the test part: "
            "each forecast sees only the noisy values before it."
        ),
        x_label="test step",
        y_label="value",
        series=(
            Series("noisy truth", tuple(truth["noisy"]), kind="points"),
            Series("clean truth", tuple(truth["clean"])),
            *(Series(r.cell, tuple(r.details["forecast"])) for r in first),
        ),
    )
    worst = best_runs(runs, "worst")
    return [lines, _worst(worst)] if worst else [lines]


def _misses(runs: list[RunView]) -> str:
    """How far each cell is from the clean wave on average."""
    shown = mean_errors(runs, "forecast", "clean")
    return f"Forecasts miss the clean wave on average: {shown}"


def _worst(runs: list[RunView]) -> TextTable:
    columns = ("step", "noisy", "clean", "forecast")
    rows = [
        (run.seed, *values, round(values[3] - values[1], 4))
        for run in runs
        for values in zip(*(run.details["worst"][name] for name in columns))
    ]
    rows.sort(key=lambda row: -abs(row[-1]))
    return TextTable(
        name="worst",
        title=f"Worst forecasts, {runs[0].framework} {runs[0].cell}",
        text=(
            "The largest errors on the whole test part. Where noisy and clean "
            "differ much, the noise cannot be forecast."
        ),
        headings=("seed", "test step", "noisy", "clean", "forecast", "error"),
        rows=tuple(rows[:ERRORS]),
    )
