"""Learning curves, Pareto fronts, and break-even epochs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from comparisons.analysis.frame import ROW
from comparisons.analysis.rows import Place, Row
from comparisons.analysis.statistics import NEGLIGIBLE
from comparisons.analysis.summary import Summary
from shared.exhibits.names import metric


@dataclass(frozen=True)
class Curve:
    """The validation metric by epoch: mean and range over seeds.

    seconds: of training since its start, compilation included, the mean
    over the timed seeds; NaN where none is.
    """

    seconds: list[float]
    mean: list[float]
    low: list[float]
    high: list[float]


def curves_of(summary: Summary) -> dict[Place, Curve]:
    """Framework and cell -> its curve in the unit of `metric_axis`."""
    return summary.once("curves", lambda: _curves_of(summary))


def _curves_of(summary: Summary) -> dict[Place, Curve]:
    scale = metric(summary.task.validation_metric).scale
    groups = summary.epochs.groupby(ROW, sort=False, observed=True)
    curves = {place: curve_of(epochs, scale) for place, epochs in groups}
    return {place: curve for place, curve in curves.items() if curve}


def curve_of(epochs: pd.DataFrame, scale: float) -> Curve | None:
    """The curve of the epochs of a row, as long as its shortest run."""
    by_epoch = epochs.assign(known=1.0).set_index(["seed", "epoch"])
    found, times, values = (
        by_epoch[column].unstack().to_numpy()
        for column in ("known", "seconds", "validation")
    )
    trained = (found == 1.0).all(axis=0)
    times, values = times[:, trained], scale * values[:, trained]
    if np.isnan(values).all(axis=0).any():
        return None
    timed = times[~np.isnan(times).any(axis=1)]
    known = timed if len(timed) else times[:1]
    return Curve(
        seconds=known.cumsum(axis=1).mean(axis=0).tolist(),
        mean=np.nanmean(values, axis=0).tolist(),
        low=np.nanmin(values, axis=0).tolist(),
        high=np.nanmax(values, axis=0).tolist(),
    )


def scored_epochs(summary: Summary) -> dict[Place, list[tuple[int, float]]]:
    """Framework and cell -> the epoch, from 1, that each seed is scored by.

    With its validation metric; of runs with patience, the others end with it.
    """
    found: dict[Place, list[tuple[int, float]]] = {}
    scale = metric(summary.task.validation_metric).scale
    for run in summary.finished:
        if run.best_epoch is not None and run.validation is not None:
            mark = run.best_epoch + 1, scale * run.validation
            found.setdefault(run.row, []).append(mark)
    return found


def front(
    costs: Sequence[float], values: Sequence[float], better: str
) -> list[int]:
    """The points that no other dominates in cost and value (Pareto).

    Negligible differences in value count as none.
    """
    cost = np.asarray(costs, dtype=float)
    value = np.asarray(values) * (1.0 if better == "lower" else -1.0)
    margin = NEGLIGIBLE * np.abs(value)
    # [point, other]: whether the other dominates the point
    cheaper, equal = cost < cost[:, None], cost == cost[:, None]
    no_worse = value <= (value + margin)[:, None]
    lower = value < (value - margin)[:, None]
    dominated = (cheaper & no_worse | equal & lower).any(axis=1)
    found = np.flatnonzero(~dominated & ~np.isnan(cost + value))
    return [int(place) for place in found]


@dataclass(frozen=True)
class Timed:
    """What a row compiles, its epochs, and the steady seconds of one."""

    row: Row
    epochs: int
    epoch_seconds: float


def timed_rows(summary: Summary) -> list[Timed]:
    """The finished rows and the steady seconds of an epoch of each."""
    firsts = {run.row: run for run in reversed(summary.finished)}
    return [
        Timed(row, len(run.epochs), step * run.steps_per_epoch)
        for row in summary.rows
        if (run := firsts.get(row.place))
        for step in [1e-3 * row.step_ms_median]
    ]


def break_even(one: Timed, other: Timed) -> int | None:
    """The epoch by which a row has caught up with one that starts sooner.

    None where its epochs are no faster.
    """
    ahead = one.row.compile_seconds - other.row.compile_seconds
    gain = other.epoch_seconds - one.epoch_seconds
    if math.isnan(ahead + gain) or gain <= 0:
        return None
    return max(1, math.ceil(ahead / gain))
