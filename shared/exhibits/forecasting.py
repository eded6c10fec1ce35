"""Exhibits of forecasters."""

from dataclasses import replace

import numpy as np

from shared.exhibits.kinds import Exhibit, Lines, Series
from shared.exhibits.runs import RunView, details_by_cell, runs_with


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    known = runs_with(runs, "mse_by_step")
    if not known:
        return []
    framework, first = known[0].framework, known[0].details
    steps = tuple(range(1, len(first["mse_by_step"]) + 1))
    repeated = tuple(first["last_value_by_step"])
    return [
        Lines(
            name="walk",
            title=f"Walk forward, {framework}: {first['column']}",
            text=(
                "Consecutive forecasts, each from where the previous one ends; "
                "mean over seeds, with their range as a band."
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
            title=f"Error by distance, {framework}",
            text="The error grows with the distance; gray: the last value.",
            x_label="steps ahead",
            y_label="mse",
            series=(
                Series("last value", repeated, steps, dash="dot"),
                *_means_and_ranges(known, "mse_by_step", steps),
            ),
        ),
    ]


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
