"""Learning curves, Pareto fronts, and break-even epochs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comparisons.analysis.loading import Comparison
from comparisons.analysis.statistics import NEGLIGIBLE, quartiles
from comparisons.analysis.summary import Summary, train_seconds
from comparisons.analysis.timings import step_seconds
from comparisons.records.store import Record
from shared.exhibits.names import metric, row_name

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


def curve_of(runs: list[Record], scale: float = 1.0) -> Curve | None:
    """The curve of a row, as long as its shortest run; scale: of its unit."""
    if not runs:
        return None
    length = min(len(run["epochs"]) for run in runs)
    epochs = [run["epochs"][:length] for run in runs]
    values = scale * np.array(
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


def curves_of(summary: Summary) -> dict[Place, Curve]:
    """Framework and cell -> its curve in the unit of `metric_axis`."""
    scale = metric(summary.task.validated).scale
    groups: dict[Place, list[Record]] = {}
    for run in summary.records:
        if run["status"] == "ok":
            groups.setdefault((run["framework"], run["cell"]), []).append(run)
    curves = {row: curve_of(runs, scale) for row, runs in groups.items()}
    return {row: curve for row, curve in curves.items() if curve}


def number_of(value: float | None) -> float:
    """A number, NaN for none."""
    return math.nan if value is None else value


def front(
    costs: Sequence[float], values: Sequence[float], better: str
) -> list[int]:
    """The points that no other dominates in cost and value (Pareto).

    Negligible differences in value count as none.
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
    return row_name(row["framework"], row["cell"])
