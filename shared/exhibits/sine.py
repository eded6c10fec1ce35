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
    parts = {f"wave {n + 1}": _forecasts(runs, n) for n in range(waves)}
    parts |= {
        f"residuals of wave {n + 1}": _residuals(runs, n) for n in range(waves)
    }
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


def _forecasts(runs: list[RunView], wave: int) -> Lines:
    """One test wave, noisy and clean, and the forecasts of each run."""
    clean, steps = _of_wave(runs[0], "clean", wave)
    noisy, _ = _of_wave(runs[0], "noisy", wave)
    truth = (*runs[0].details["inputs"][wave], *noisy)
    return Lines(
        *("", "", "", "step", "value"),
        (
            Series("noisy truth", truth, kind="points"),
            Series("clean truth", clean, steps),
            *(Series(r.cell, *_of_wave(r, "forecast", wave)) for r in runs),
        ),
    )


def _residuals(runs: list[RunView], wave: int) -> Lines:
    """The forecasts of one test wave less its noisy values."""
    noisy, _ = _of_wave(runs[0], "noisy", wave)
    rows = []
    for run in runs:
        forecast, steps = _of_wave(run, "forecast", wave)
        rows.append(
            Series(run.cell, tuple(np.subtract(forecast, noisy)), steps)
        )
    return Lines(
        *("", "", "", "step", "forecast \u2212 noisy truth"), tuple(rows)
    )


def _of_wave(
    run: RunView, name: str, wave: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The values of one test wave, and the steps after its window."""
    inputs, values = run.details["inputs"], run.details[name]
    each, window = len(values) // len(inputs), len(inputs[0])
    part = tuple(values[wave * each : (wave + 1) * each])
    return part, tuple(range(window, window + each))


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
