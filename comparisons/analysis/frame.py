"""The runs of a comparison as pandas frames, by which all is grouped."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from comparisons.analysis.statistics import mean
from comparisons.records.compact import COLUMNS, Epochs
from comparisons.records.record import Epoch, Run, RunRecord
from shared.exhibits.names import metric_name, score_text
from shared.task import Task

ROW = ["framework", "cell"]
"""Columns that name a row of the table."""

NUMBERS = (
    *("metric", "step_ms", "train_seconds", "compile_seconds"),
    *("peak_memory_mb", "device_memory_mb", "parameters"),
)
RUNS = (*ROW, "seed", "status", "record", *NUMBERS)
EPOCHS = (*ROW, "seed", "epoch", "loss", "validation", "seconds", "step_ms")

Samples = dict[Any, dict[int, float]]
"""Name, or framework and cell -> seed -> a number."""


def runs_frame(
    records: Sequence[RunRecord],
    metric: str,
    lines: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """A line for each run, with RUNS; NUMBERS are NaN without a result.

    lines: the `epochs_frame` of the records, where it is known.

    step_ms: median over the epochs but the first. Compilation is what the
    first epoch took beyond it; the seconds of training are without
    compilation and without validation.
    """
    done = [isinstance(record, Run) for record in records]
    runs = [record for record in records if isinstance(record, Run)]
    found: dict[str, Any] = {
        name: [getattr(record, name) for record in records]
        for name in (*ROW, "seed", "status")
    }
    found["record"] = list(records)
    lines = epochs_frame(runs) if lines is None else lines
    epochs = lines.groupby((lines["epoch"] == 0).cumsum())
    step_ms = epochs["step_ms"].median()
    steady = 1e-3 * step_ms * [run.steps_per_epoch for run in runs]
    compiling = (epochs["seconds"].first() - steady).clip(lower=0.0)
    known = pd.DataFrame(
        {
            "metric": [run.scores.get(metric) for run in runs],
            "step_ms": step_ms,
            "train_seconds": epochs["seconds"].sum(min_count=1)
            - compiling.fillna(0.0),
            "compile_seconds": compiling,
            "peak_memory_mb": [run.peak_memory_mb for run in runs],
            "device_memory_mb": [run.device_memory_mb for run in runs],
            "parameters": [run.parameters for run in runs],
        },
        dtype=float,
    )
    known.index = pd.Index(np.flatnonzero(done))
    return pd.DataFrame(found).join(known)[list(RUNS)]


def epochs_frame(records: Sequence[RunRecord]) -> pd.DataFrame:
    """A line for each epoch of the runs with a result, with EPOCHS.

    step_ms: NaN for the first epoch, which compiles.
    """
    runs = [run for run in records if isinstance(run, Run)]
    counts = np.array([len(run.epochs) for run in runs], int)
    found: dict[str, Any] = {
        name: pd.Categorical([getattr(r, name) for r in runs]).repeat(counts)
        for name in ROW
    }
    found["seed"] = np.repeat([run.seed for run in runs], counts)
    first = np.repeat(counts.cumsum() - counts, counts)
    found["epoch"] = np.arange(counts.sum()) - first
    found |= columns(run.epochs for run in runs)
    steps = np.repeat([run.steps_per_epoch for run in runs], counts)
    times = 1e3 * (found["seconds"] / steps)
    found["step_ms"] = np.where(found["epoch"] == 0, math.nan, times)
    return pd.DataFrame(found, columns=list(EPOCHS))


def columns(runs: Iterable[Sequence[Epoch]]) -> dict[str, np.ndarray]:
    """COLUMNS of the epochs of some runs, one after another."""
    packed = [e if isinstance(e, Epochs) else Epochs(e) for e in runs]
    values = np.frombuffer(b"".join(e.values for e in packed))
    counts = np.array([len(epochs) for epochs in packed], int)
    # Of each run: where its first column begins less the epochs before it.
    begins = np.repeat(2 * (counts.cumsum() - counts), counts)
    places = begins + np.arange(counts.sum())
    sizes = np.repeat(counts, counts)
    return {
        name: values[places + number * sizes]
        for number, name in enumerate(COLUMNS)
    }


def samples(frame: pd.DataFrame, by: str | list[str], column: str) -> Samples:
    """Name -> seed -> mean of a column, where it has a value."""
    known = frame.dropna(subset=[column])
    return {
        name: group.groupby("seed", sort=False)[column].mean().to_dict()
        for name, group in known.groupby(by, sort=False)
    }


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
