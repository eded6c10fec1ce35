"""The runs of a comparison as pandas frames, by which all is grouped."""

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
import pandas as pd

from comparisons.analysis.statistics import mean
from comparisons.records.compact import COLUMNS, column
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
    none = dict.fromkeys(NUMBERS, math.nan)
    found = [
        numbers(record, metric) if isinstance(record, Run) else none
        for record in records
    ]
    columns: dict[str, list[Any]] = {
        name: [getattr(record, name) for record in records]
        for name in (*ROW, "seed", "status")
    }
    columns["record"] = list(records)
    columns |= {name: [line[name] for line in found] for name in NUMBERS}
    frame = pd.DataFrame(columns, columns=list(RUNS))
    return frame.astype(dict.fromkeys(NUMBERS, float))


def numbers(run: Run, metric: str) -> dict[str, float | None]:
    """The NUMBERS of a run.

    Compilation is what the first epoch took beyond the median of the others;
    the seconds of training are without it and without validation.
    """
    steps, step, compiling = step_seconds(run), math.nan, math.nan
    seconds = column(run.epochs, "seconds")
    total = sum(seconds)
    if steps:
        step = median(steps)
        compiling = max(0.0, seconds[0] - step * run.steps_per_epoch)
        total -= compiling
    return {
        "metric": run.scores.get(metric),
        "step_ms": 1e3 * step,
        "train_seconds": total,
        "compile_seconds": compiling,
        "peak_memory_mb": run.peak_memory_mb,
        "parameters": run.parameters,
    }


def epochs_frame(records: Sequence[RunRecord]) -> pd.DataFrame:
    """A line for each epoch of the runs with a result, with EPOCHS.

    step_ms: NaN for the first epoch, which compiles.
    """
    runs = [run for run in records if isinstance(run, Run)]
    counts = [len(run.epochs) for run in runs]
    columns: dict[str, Any] = {
        name: np.repeat(pd.Series([getattr(r, name) for r in runs]), counts)
        for name in (*ROW, "seed")
    }
    columns["epoch"] = chained(map(range, counts), int)
    for name in COLUMNS:
        columns[name] = chained((column(r.epochs, name) for r in runs), float)
    steps = np.repeat([run.steps_per_epoch for run in runs], counts)
    times = 1e3 * (columns["seconds"] / steps)
    columns["step_ms"] = np.where(columns["epoch"] == 0, math.nan, times)
    return pd.DataFrame(columns, columns=list(EPOCHS))


def chained(parts: Iterable[Iterable[float]], kind: type) -> Any:
    """An array of the numbers of all parts."""
    return np.fromiter(itertools.chain.from_iterable(parts), kind)


def samples(frame: pd.DataFrame, by: str | list[str], column: str) -> Samples:
    """Name -> seed -> mean of a column, where it has a value."""
    known = frame.dropna(subset=[column])
    return {
        name: group.groupby("seed", sort=False)[column].mean().to_dict()
        for name, group in known.groupby(by, sort=False)
    }


def step_seconds(run: Run) -> list[float]:
    """Seconds per step of each epoch but the first, which compiles."""
    seconds = column(run.epochs, "seconds")
    return [second / run.steps_per_epoch for second in seconds[1:]]


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
