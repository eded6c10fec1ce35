"""The runs of a comparison as pandas frames, by which all is grouped."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from comparisons.analysis.statistics import mean, quartiles
from comparisons.records.record import Run, RunRecord
from shared.exhibits.names import metric_name, score_text
from shared.task import Task

ROW = ["framework", "cell"]
"""Columns that name a row of the table."""

NUMBERS = (
    *("metric", "step_ms", "train_seconds", "compile_seconds"),
    *("peak_memory_mb", "parameters"),
)
RUNS = (*ROW, "seed", "status", "record", *NUMBERS)
EPOCHS = (*ROW, "seed", "epoch", "loss", "validation", "seconds", "step_ms")

Samples = dict[Any, dict[int, float]]
"""Name, or framework and cell -> seed -> a number."""


def runs_frame(records: Sequence[RunRecord], metric: str) -> pd.DataFrame:
    """A line for each run, with RUNS; NUMBERS are NaN without a result.

    step_ms: median over the epochs but the first.
    """
    lines = [
        {name: getattr(record, name) for name in (*ROW, "seed", "status")}
        | {"record": record}
        | (numbers(record, metric) if isinstance(record, Run) else {})
        for record in records
    ]
    frame = pd.DataFrame(lines, columns=list(RUNS))
    return frame.astype(dict.fromkeys(NUMBERS, float))


def numbers(run: Run, metric: str) -> dict[str, float | None]:
    """The NUMBERS of a run.

    Compilation is what the first epoch took beyond the median of the others;
    the seconds of training are without it and without validation.
    """
    steps, compiling = step_seconds(run), math.nan
    total = sum(epoch.seconds for epoch in run.epochs)
    if steps:
        usual = float(np.median(steps)) * run.steps_per_epoch
        compiling = max(0.0, run.epochs[0].seconds - usual)
        total -= compiling
    return {
        "metric": run.scores[metric],
        "step_ms": 1e3 * quartiles(steps)[0],
        "train_seconds": total,
        "compile_seconds": compiling,
        "peak_memory_mb": run.peak_memory_mb,
        "parameters": run.parameters,
    }


def epochs_frame(records: Sequence[RunRecord]) -> pd.DataFrame:
    """A line for each epoch of the runs with a result, with EPOCHS.

    step_ms: NaN for the first epoch, which compiles.
    """
    lines = [
        (
            *(*run.row, run.seed, number, epoch.loss, epoch.validation),
            *(epoch.seconds, 1e3 * step),
        )
        for run in records
        if isinstance(run, Run)
        for number, (epoch, step) in enumerate(
            zip(run.epochs, [math.nan, *step_seconds(run)])
        )
    ]
    frame = pd.DataFrame(lines, columns=list(EPOCHS))
    return frame.astype(dict.fromkeys(EPOCHS[4:], float))


def samples(frame: pd.DataFrame, by: str | list[str], column: str) -> Samples:
    """Name -> seed -> mean of a column, where it has a value."""
    known = frame.dropna(subset=[column])
    return {
        name: group.groupby("seed", sort=False)[column].agg(mean).to_dict()
        for name, group in known.groupby(by, sort=False)
    }


def step_seconds(run: Run) -> list[float]:
    """Seconds per step of each epoch but the first, which compiles."""
    return [e.seconds / run.steps_per_epoch for e in run.epochs[1:]]


@dataclass(frozen=True)
class Measure:
    """A number of each run; `join` makes one of those of all seeds.

    column: of the frame of runs; untested: why no test applies, if none
    does; timed: whether it depends on the machine's state; form: of its
    numbers, those of the task's metric have their own.
    """

    name: str
    column: str
    better: str = "lower"
    join: Callable[[Iterable[float]], float] = mean
    untested: str = ""
    timed: bool = False
    form: str = ".2f"

    @property
    def title(self) -> str:
        return self.name if self.form else metric_name(self.name)

    def text(self, value: float) -> str:
        form = self.form
        return format(value, form) if form else score_text(self.name, value)


def measures(task: Task) -> tuple[Measure, ...]:
    """The measures that are compared of each row."""
    whole = ("lower", max, "one number per process", False)
    return (
        Measure(task.metric, "metric", task.better, form=""),
        Measure("ms/step", "step_ms", timed=True),
        Measure("train s", "train_seconds", timed=True),
        Measure("compile s", "compile_seconds", *whole),
        Measure("peak MB", "peak_memory_mb", *whole, ",.0f"),
        Measure("parameters", "parameters", untested="a count", form=",.0f"),
    )
