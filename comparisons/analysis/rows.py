"""Rows of the results table, from all runs of a framework and a cell."""

import math
from array import array
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from comparisons.analysis.frame import Samples
from comparisons.analysis.speed.untimed import has_times
from comparisons.analysis.statistics import (
    best_name,
    compare_pairs,
    mean,
    means,
    quartiles,
    spread,
)
from comparisons.records.record import Run, RunRecord
from shared.exhibits.names import row_name
from shared.task import Task

WORST = ("failed", "timeout", "diverged", "unavailable", "ok")
"""The status of a row is the first of these among its runs."""

LARGEST = 2**63

Place = tuple[str, str]
"""A framework and a cell."""


@dataclass(frozen=True)
class Row:
    """A framework and a cell over all seeds; NaN for what is not known."""

    task: str
    dataset: str
    framework: str
    cell: str
    init: str
    device: str
    seeds: int
    status: str
    parameters: float
    metric: str
    metric_mean: float
    metric_std: float
    best_baseline: float
    train_seconds: float
    step_ms_median: float
    step_ms_iqr: float
    seqs_per_second: float
    compile_seconds: float
    latency_ms: float
    peak_memory_mb: float
    hidden_size: int | None
    noise_floor: float
    machine: str
    device_memory_mb: float
    precision: str

    @property
    def place(self) -> Place:
        return self.framework, self.cell

    @property
    def name(self) -> str:
        return row_name(self.framework, self.cell)


COLUMNS = tuple(column.name for column in fields(Row))


def row_of(
    task: Task,
    frame: pd.DataFrame,
    step_ms: pd.Series,
    baseline: float,
    noise_floor: float,
    machine: str,
) -> Row:
    """The row of its runs and of the step times of their epochs.

    machine: the letters of their machines.
    """
    runs: list[RunRecord] = list(frame["record"])
    done = [run for run in runs if isinstance(run, Run)]
    first = done[0] if done else runs[0]
    known = frame[frame["status"] == "ok"]
    step, step_range = quartiles(step_ms.to_numpy())
    times = (array("d", run.inference_seconds) for run in done)
    calls = np.frombuffer(b"".join(times))
    batch = whole(first.spec.train.get("batch_size")) or math.nan
    timed = known[known["record"].map(has_times).astype(bool)]
    scores = known["metric"].to_numpy()
    return Row(
        task=task.name,
        dataset=first.dataset,
        framework=first.framework,
        cell=first.cell,
        init=first.spec.init,
        device=first.device,
        seeds=len(done),
        status=next(s for s in WORST if s in set(frame["status"])),
        parameters=math.nan if first.parameters is None else first.parameters,
        metric=task.metric,
        metric_mean=mean(scores),
        metric_std=spread(scores),
        best_baseline=baseline,
        train_seconds=mean(timed["train_seconds"]),
        step_ms_median=step,
        step_ms_iqr=step_range,
        seqs_per_second=1e3 * batch / step if step else math.nan,
        compile_seconds=timed["compile_seconds"].max(skipna=False),
        latency_ms=1e3 * quartiles(calls)[0],
        peak_memory_mb=timed["peak_memory_mb"].max(skipna=False),
        hidden_size=whole(first.spec.model.get("hidden_size")),
        noise_floor=noise_floor,
        machine=machine,
        device_memory_mb=timed["device_memory_mb"].max(),
        precision=first.spec.precision,
    )


def whole(value: Any) -> int | None:
    """A number of a stored setting; None if it is none that fits a column."""
    fits = isinstance(value, int) and abs(value) < LARGEST
    return int(value) if fits else None


def mark_best(
    found: Samples, better: str, shown: Callable[[float], str] = repr
) -> dict[Any, str]:
    """Mark the best mean "*", and "~" what does not differ significantly.

    Means that are shown as the same text as the best are best, too.
    """
    average = means(found)
    if not average:
        return {}
    best = best_name(average, better)
    marks = dict.fromkeys(found, "")
    for test in compare_pairs(found, [(best, n) for n in found if n != best]):
        if test.tested and not test.differ:
            marks[test.second] = "~"
    text = shown(average[best])
    return marks | {n: "*" for n, v in average.items() if shown(v) == text}
