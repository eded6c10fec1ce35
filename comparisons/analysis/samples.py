"""Samples by seed: what the tests compare."""

from __future__ import annotations

from collections.abc import Callable

from comparisons.analysis.statistics import Name, mean, quartiles
from comparisons.analysis.summary import Summary
from comparisons.analysis.timings import step_seconds
from comparisons.records.store import Record

Row = tuple[str, str]
"""Framework and cell."""


def by_cell(summary: Summary) -> dict[str, dict[int, float]]:
    """Cell -> seed -> metric, averaged over the frameworks.

    Matched frameworks repeat one result; counting them as further samples
    would make a seed's luck look like evidence.
    """
    metric = summary.task.metric
    return grouped(
        summary.records,
        lambda run: str(run["cell"]),
        lambda run: score(run, metric),
    )


def by_row(summary: Summary) -> dict[Row, dict[int, float]]:
    """Framework and cell -> seed -> metric."""
    metric = summary.task.metric
    return grouped(summary.records, row_of, lambda run: score(run, metric))


def steps_by_row(summary: Summary) -> dict[Row, dict[int, float]]:
    """Framework and cell -> seed -> median ms per step."""
    timed = [
        run
        for run in summary.records
        if run["status"] == "ok" and step_seconds(run)
    ]
    return grouped(
        timed, row_of, lambda run: 1e3 * quartiles(step_seconds(run))[0]
    )


def row_of(run: Record) -> Row:
    return run["framework"], run["cell"]


def score(run: Record, metric: str) -> float:
    return float(run["scores"][metric])


def grouped(
    runs: list[Record],
    key: Callable[[Record], Name],
    value: Callable[[Record], float],
) -> dict[Name, dict[int, float]]:
    """Key -> seed -> mean value of the runs that ended well."""
    found: dict[Name, dict[int, list[float]]] = {}
    for run in runs:
        if run["status"] == "ok":
            seeds = found.setdefault(key(run), {})
            seeds.setdefault(run["seed"], []).append(value(run))
    return {
        name: {seed: mean(values) for seed, values in seeds.items()}
        for name, seeds in found.items()
    }
