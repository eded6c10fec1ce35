"""Exhibits of the sine task: one forecast, and the worst ones."""

import numpy as np

from shared.exhibits.kinds import (
    Exhibit,
    LinePanels,
    Lines,
    Series,
    TextTable,
)
from shared.exhibits.runs import RunView, best_runs, mean_errors, one_seed

ERRORS = 10
"""Worst forecasts that are listed."""


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    first = one_seed(runs, "forecast")
    if not first:
        return []
    several = "inputs" in first[0].details
    shown: Exhibit = _waves(first) if several else _stretch(first)
    worst = best_runs(runs, "worst")
    return [shown, _worst(worst)] if worst else [shown]


def _stretch(runs: list[RunView]) -> Lines:
    """The first forecasts of one wave."""
    truth = runs[0].details
    return Lines(
        name="forecast",
        title=_misses(runs),
        text=(
            f"Forecast and truth, {runs[0].framework}, seed {runs[0].seed}. "
            f"The first {len(truth['noisy'])} steps of the test part: "
            "each forecast sees only the noisy values before it."
        ),
        x_label="test step",
        y_label="value",
        series=(
            Series("noisy truth", tuple(truth["noisy"]), kind="points"),
            Series("clean truth", tuple(truth["clean"])),
            *(Series(r.cell, tuple(r.details["forecast"])) for r in runs),
        ),
    )


def _waves(runs: list[RunView]) -> LinePanels:
    """Test waves with their forecasts, and the residuals below."""
    inputs = runs[0].details["inputs"]
    waves, window = len(inputs), len(inputs[0])

    def of(run: RunView, name: str, wave: int) -> tuple[float, ...]:
        values = run.details[name]
        each = len(values) // waves
        return tuple(values[wave * each : (wave + 1) * each])

    def steps(values: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(range(window, window + len(values)))

    parts = {}
    for wave, before in enumerate(inputs):
        noisy, clean = (of(runs[0], n, wave) for n in ("noisy", "clean"))
        truth = (*before, *noisy)
        parts[f"wave {wave + 1}"] = Lines(
            *("", "", "", "step", "value"),
            (
                Series("noisy truth", truth, kind="points"),
                Series("clean truth", clean, steps(clean)),
                *(
                    Series(run.cell, of(run, "forecast", wave), steps(clean))
                    for run in runs
                ),
            ),
        )
    for wave in range(waves):
        noisy = of(runs[0], "noisy", wave)
        parts[f"residuals of wave {wave + 1}"] = Lines(
            *("", "", "", "step", "forecast \u2212 noisy truth"),
            tuple(
                Series(
                    run.cell,
                    tuple(np.subtract(of(run, "forecast", wave), noisy)),
                    steps(noisy),
                )
                for run in runs
            ),
        )
    return LinePanels(
        name="forecast",
        title=_misses(runs),
        text=(
            f"{waves} test waves, {runs[0].framework}, seed {runs[0].seed}. "
            f"Each forecast sees the {window} noisy values before it; period, "
            "phase, and amplitude have to be inferred from them."
        ),
        parts=parts,
    )


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
