"""Exhibits of forecasters."""

from dataclasses import replace

import numpy as np

from shared.exhibits.forecast_folds import fold_table, interval
from shared.exhibits.kinds import Exhibit, Lines, Series
from shared.exhibits.names import score_text
from shared.exhibits.runs import (
    RunView,
    details_by_cell,
    mean_errors,
    runs_with,
)


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    found = runs_with(runs, "mse_by_step")
    if not found:
        return []
    of_folds = runs_with(runs, "fold")
    fold = found[0].details.get("fold")
    known = [run for run in found if run.details.get("fold") == fold]
    return [
        *walks(known),
        *interval([run for run in runs if run.details.get("fold") == fold]),
        *fold_table(of_folds),
    ]


def walks(known: list[RunView]) -> list[Exhibit]:
    """The forecasts of the first test steps, and errors by distance."""
    framework, first = known[0].framework, known[0].details
    steps = tuple(range(1, len(first["mse_by_step"]) + 1))
    repeated = tuple(first["last_value_by_step"])
    return [
        Lines(
            name="walk",
            title=(
                f"Forecasts miss {first['column']} on average: "
                f"{mean_errors(known, 'forecast', 'truth')}"
            ),
            text=(
                f"Walk-forward evaluation, {framework}: consecutive forecasts, "
                "each from where the previous one ends; mean over seeds, with "
                "their range as a band."
            ),
            x_label="test step",
            y_label=first["column"],
            series=(
                Series("truth", tuple(first["truth"])),
                *_means_and_ranges(known, "forecast"),
            ),
        ),
        Lines(
            name="distance",
            title=_at_the_ends(known),
            text=(
                f"Error by distance, {framework}: mean over seeds, with their "
                "range as a band; gray: repeating the last value."
            ),
            x_label="steps ahead",
            y_label="MSE",
            series=(
                Series("last value", repeated, steps, dash="dot"),
                *_means_and_ranges(known, "mse_by_step", steps),
            ),
        ),
    ]


def _at_the_ends(runs: list[RunView]) -> str:
    """The errors of the nearest and of the farthest step."""
    curves = {
        cell: np.mean(seeds, axis=0)
        for cell, seeds in details_by_cell(runs, "mse_by_step").items()
    }
    curves["last value"] = np.array(runs[0].details["last_value_by_step"])
    ends = [
        f"{name} {' to '.join(score_text('mse', y[n]) for n in (0, -1))}"
        for name, y in curves.items()
    ]
    steps = len(curves["last value"])
    return f"MSE from 1 to {steps} steps ahead: {', '.join(ends)}"


def _means_and_ranges(
    runs: list[RunView], name: str, x: tuple[float, ...] = ()
) -> list[Series]:
    """Mean over the seeds of each cell, and the range of several seeds."""
    found = []
    for cell, seeds in details_by_cell(runs, name).items():
        values = np.array(seeds)  # (seeds, points)
        line = Series(cell, tuple(values.mean(axis=0).tolist()), x)
        if len(seeds) > 1:
            low, high = values.min(axis=0).tolist(), values.max(axis=0).tolist()
            line = replace(line, low=tuple(low), high=tuple(high))
        found.append(line)
    return found
