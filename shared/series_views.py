"""Pictures of forecasts: along the test part, and by distance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from shared.exhibits import Exhibit, Lines, RunView, Series, beside_best
from shared.series_data import forecasts, truth
from shared.series_scores import last_value
from shared.task import Dataset

SHOWN = 240
"""Test steps that a report draws."""


def detail(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """A walk forward over the first test steps, and errors by distance.

    The walk puts forecasts end to end: each begins where the last one ends.
    Of several columns the last is shown, in its own unit.
    """
    found = forecasts(outputs, "test", dataset)  # (N, horizon, K)
    actual = truth("test", dataset)
    horizon = dataset.facts["horizon"]
    begins = np.arange(0, min(SHOWN, len(found)), horizon)
    scale = dataset.facts["deviation"][-1], dataset.facts["mean"][-1]

    def walk(values: np.ndarray) -> list[float]:
        joined = values[begins, :, -1].ravel()
        return [float(f"{v:.5g}") for v in joined * scale[0] + scale[1]]

    def by_step(values: np.ndarray) -> list[float]:
        gaps = (values - actual) ** 2
        return [float(f"{v:.4g}") for v in gaps.mean(axis=(0, 2))]

    return {
        "column": dataset.facts["columns"][-1],
        "truth": walk(actual),
        "forecast": walk(found),
        "mse_by_step": by_step(found),
        "last_value_by_step": by_step(last_value(dataset)),
    }


def show(runs: list[RunView]) -> list[Exhibit]:
    """The walk with the range between seeds, and errors by distance."""
    beside = [run for run in beside_best(runs) if "mse_by_step" in run.detail]
    if not beside:
        return []
    return [walk_of(beside), distance_of(beside)]


def walk_of(runs: list[RunView]) -> Lines:
    """Truth, and the forecasts of each cell."""
    column = runs[0].detail["column"]
    return Lines(
        name="walk",
        title=f"Walk forward, {runs[0].framework}: {column}",
        text=(
            "Forecasts end to end, each made where the one before ends; the "
            "mean over seeds, and as a band the range between them."
        ),
        x_label="test step",
        y_label=column,
        series=(
            Series("truth", tuple(runs[0].detail["truth"])),
            *series_by_cell(runs, "forecast"),
        ),
    )


def distance_of(runs: list[RunView]) -> Lines:
    """Errors over the steps ahead, beside those of the last value."""
    steps = tuple(range(1, len(runs[0].detail["mse_by_step"]) + 1))
    repeated = tuple(runs[0].detail["last_value_by_step"])
    return Lines(
        name="distance",
        title=f"Error by distance, {runs[0].framework}",
        text="The error grows with the steps ahead; grey: the last value.",
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
    """The mean over the seeds of each cell, and their range."""
    found = []
    for cell in dict.fromkeys(run.cell for run in runs):
        seeds = [run.detail[name] for run in runs if run.cell == cell]
        values = np.array(seeds)
        line = Series(cell, tuple(values.mean(axis=0).tolist()), x)
        if len(values) > 1:
            low, high = (f(values, axis=0).tolist() for f in (np.min, np.max))
            line = replace(line, low=tuple(low), high=tuple(high))
        found.append(line)
    return found
