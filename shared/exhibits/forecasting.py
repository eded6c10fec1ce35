"""Exhibits of forecasters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from shared.exhibits.kinds import Exhibit, Lines, RunView, Series, runs_with


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    known = runs_with(runs, "mse_by_step")
    return [walk_of(known), distance_of(known)] if known else []


def walk_of(runs: list[RunView]) -> Lines:
    column = runs[0].details["column"]
    return Lines(
        name="walk",
        title=f"Walk forward, {runs[0].framework}: {column}",
        text=(
            "Consecutive forecasts, each from where the previous one ends; "
            "mean over seeds, with their range as a band."
        ),
        x_label="test step",
        y_label=column,
        series=(
            Series("truth", tuple(runs[0].details["truth"])),
            *series_by_cell(runs, "forecast"),
        ),
    )


def distance_of(runs: list[RunView]) -> Lines:
    steps = tuple(range(1, len(runs[0].details["mse_by_step"]) + 1))
    repeated = tuple(runs[0].details["last_value_by_step"])
    return Lines(
        name="distance",
        title=f"Error by distance, {runs[0].framework}",
        text="The error grows with the distance; gray: the last value.",
        x_label="steps ahead",
        y_label="mse",
        series=(
            Series("last value", repeated, steps, dash="dot"),
            *series_by_cell(runs, "mse_by_step", steps),
        ),
    )


def series_by_cell(
    runs: list[RunView], name: str, x: tuple[float, ...] = ()
) -> list[Series]:
    """Mean over the seeds of each cell, and their range."""
    found = []
    for cell in dict.fromkeys(run.cell for run in runs):
        seeds = [run.details[name] for run in runs if run.cell == cell]
        values = np.array(seeds)
        line = Series(cell, tuple(values.mean(axis=0).tolist()), x)
        if len(values) > 1:
            low, high = (f(values, axis=0).tolist() for f in (np.min, np.max))
            line = replace(line, low=tuple(low), high=tuple(high))
        found.append(line)
    return found
