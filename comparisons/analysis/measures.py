"""The numbers of a run in which two comparisons are compared."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from comparisons.analysis.statistics import mean, quartiles
from comparisons.analysis.summary import train_seconds
from comparisons.analysis.timings import compile_seconds, step_seconds
from comparisons.records.store import Record
from shared.exhibits.names import metric_name, score_text
from shared.task import Task

Row = tuple[str, str]
"""A framework and a cell."""


@dataclass(frozen=True)
class Measure:
    """A number of each run; `join` makes one of those of all seeds.

    untested: why no test applies, if none does; timed: whether it depends
    on the machine's state; form: of its numbers, those of the task's metric
    have their own.
    """

    name: str
    of: Callable[[Record], float]
    better: str = "lower"
    join: Callable[[Sequence[float]], float] = mean
    untested: str = ""
    timed: bool = False
    form: str = ""

    @property
    def title(self) -> str:
        return self.name if self.form else metric_name(self.name)

    def text(self, value: float) -> str:
        if self.form:
            return format(value, self.form)
        return score_text(self.name, value)


def measures(task: Task) -> tuple[Measure, ...]:
    """The measures that are compared of each row."""
    whole = "one number per process"
    return (
        Measure(
            task.metric,
            lambda run: score_of(run, task.metric),
            task.better,
        ),
        Measure(
            "ms/step",
            lambda run: 1e3 * quartiles(step_seconds(run))[0],
            timed=True,
            form=".2f",
        ),
        Measure("train s", train_seconds, timed=True, form=".2f"),
        Measure(
            "compile s",
            compile_seconds,
            join=largest,
            untested=whole,
            form=".2f",
        ),
        Measure(
            "peak MB",
            lambda run: run["peak_memory_mb"],
            join=largest,
            untested=whole,
            form=",.0f",
        ),
        Measure(
            "parameters",
            lambda run: run["parameters"],
            untested="a count",
            form=",.0f",
        ),
    )


def by_seed(
    measure: Measure, records: list[Record], row: Row
) -> dict[int, float]:
    """Seed -> the measure, of the row's runs that ended well and have it."""
    found = {
        run["seed"]: measure.of(run)
        for run in records
        if (run["framework"], run["cell"]) == row and run["status"] == "ok"
    }
    return {s: value for s, value in found.items() if not math.isnan(value)}


def score_of(run: Record, metric: str) -> float:
    """A score of a run; NaN where it was not finite."""
    value: Any = run["scores"][metric]
    return math.nan if value is None else float(value)


def largest(values: Sequence[float]) -> float:
    """The largest value."""
    return max(values)
