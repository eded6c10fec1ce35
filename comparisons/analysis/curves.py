"""What the page computes beyond the rows of the table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comparisons.analysis.loading import Comparison
from comparisons.analysis.statistics import NEGLIGIBLE, quartiles
from comparisons.analysis.summary import train_seconds
from comparisons.analysis.timings import step_seconds
from comparisons.records.store import Record

Row = dict[str, Any]
Place = tuple[str, str]


@dataclass(frozen=True)
class Curve:
    """The validation metric by epoch: mean and range over seeds.

    seconds: of training since its start, compilation included, the mean
    over seeds.
    """

    seconds: list[float]
    mean: list[float]
    low: list[float]
    high: list[float]


def curve_of(runs: list[Record]) -> Curve | None:
    """The curve of a row, as long as its shortest run."""
    if not runs:
        return None
    length = min(len(run["epochs"]) for run in runs)
    epochs = [run["epochs"][:length] for run in runs]
    values = np.array(
        [[number_of(e.get("validation")) for e in line] for line in epochs]
    )
    times = np.array([[e["seconds"] for e in line] for line in epochs])
    if np.isnan(values).all(axis=0).any():
        return None
    return Curve(
        seconds=times.cumsum(axis=1).mean(axis=0).tolist(),
        mean=np.nanmean(values, axis=0).tolist(),
        low=np.nanmin(values, axis=0).tolist(),
        high=np.nanmax(values, axis=0).tolist(),
    )


def number_of(value: float | None) -> float:
    """A number, NaN for none."""
    return math.nan if value is None else value


def front(
    costs: Sequence[float], values: Sequence[float], better: str
) -> list[int]:
    """Which points no other beats in cost and value (Pareto).

    Values that differ by less than a test would name are the same.
    """
    sign = 1.0 if better == "lower" else -1.0
    points = [(cost, sign * value) for cost, value in zip(costs, values)]

    def beats(one: tuple[float, float], other: tuple[float, float]) -> bool:
        margin = NEGLIGIBLE * abs(other[1])
        cheaper = one[0] < other[0] and one[1] <= other[1] + margin
        return cheaper or (one[0] == other[0] and one[1] < other[1] - margin)

    return [
        place
        for place, point in enumerate(points)
        if not any(map(math.isnan, point))
        and not any(beats(other, point) for other in points)
    ]


def break_even(row: Row, other: Row) -> int | None:
    """The epoch by which a row has caught up with one that starts sooner.

    None where its epochs are no faster. Both rows have "compile_seconds"
    and "epoch_seconds".
    """
    ahead = row["compile_seconds"] - other["compile_seconds"]
    gain = other["epoch_seconds"] - row["epoch_seconds"]
    if math.isnan(ahead + gain) or gain <= 0:
        return None
    return max(1, math.ceil(ahead / gain))


def with_epoch_seconds(part: Comparison) -> list[Row]:
    """The finished rows and the steady seconds of an epoch of each."""
    rows = []
    for row in part.summary.rows:
        runs = part.of_row(row)
        if runs:
            steps = runs[0]["steps_per_epoch"]
            seconds = 1e-3 * row["step_ms_median"] * steps
            rows.append({**row, "epoch_seconds": seconds, "runs": runs})
    return rows


def steps_by_seed(part: Comparison, row: Row) -> dict[int, float]:
    """Seed -> median ms of a step."""
    return {
        run["seed"]: 1e3 * quartiles(step_seconds(run))[0]
        for run in part.of_row(row)
        if step_seconds(run)
    }


def training_by_seed(part: Comparison, row: Row) -> dict[int, float]:
    """Seed -> seconds of training, without compilation."""
    return {run["seed"]: train_seconds(run) for run in part.of_row(row)}


def named(row: Row) -> str:
    """Framework and cell in words."""
    return f"{row['framework']} {row['cell']}"
