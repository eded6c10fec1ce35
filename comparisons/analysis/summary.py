"""Rows of the table, computed from raw records and nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import pandas as pd

from comparisons.analysis.frame import (
    ROW,
    Samples,
    epochs_frame,
    runs_frame,
    samples,
    step_seconds,
)
from comparisons.analysis.statistics import (
    compare_pairs,
    mean,
    quartiles,
    spread,
)
from comparisons.frameworks import FRAMEWORKS
from comparisons.records.measurements import Baselines, Equivalence
from comparisons.records.record import Run, RunRecord
from comparisons.records.spec import Record
from comparisons.records.store import latest
from shared.exhibits.names import row_name, score_text
from shared.specs import CELLS
from shared.task import Task
from shared.tasks import get_task

WORST = ("failed", "timeout", "diverged", "unavailable", "ok")
"""The status of a row is the first of these among its runs."""

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
    floor: float

    @property
    def place(self) -> Place:
        """Framework and cell."""
        return self.framework, self.cell

    @property
    def name(self) -> str:
        return row_name(self.framework, self.cell)


COLUMNS = tuple(column.name for column in fields(Row))


@dataclass
class Summary:
    """One comparison: its rows and what is compared with them.

    records: the runs, whatever became of them;
    marks: (framework, cell) -> "*" best, "~" not significantly different
        from the best, "" significantly different or without a test;
    baselines: name -> seed -> the metric;
    guesses: the records of the baselines.
    """

    task: Task
    rows: list[Row]
    records: list[RunRecord]
    marks: dict[Place, str] = field(default_factory=dict)
    baselines: dict[str, dict[int, float]] = field(default_factory=dict)
    floor: float = math.nan
    equivalence: list[Equivalence] = field(default_factory=list)
    guesses: list[Baselines] = field(default_factory=list)

    @property
    def finished(self) -> list[Run]:
        """The runs that ended well."""
        return [run for run in self.records if isinstance(run, Run)]

    @cached_property
    def done(self) -> pd.DataFrame:
        """The same as a frame; see `analysis.frame`."""
        return runs_frame(self.finished, self.task.metric)

    @cached_property
    def epochs(self) -> pd.DataFrame:
        """The epochs of the finished runs."""
        return epochs_frame(self.finished)

    @property
    def frameworks(self) -> list[str]:
        """The frameworks in the order of the rows."""
        return list(dict.fromkeys(row.framework for row in self.rows))

    @property
    def cells(self) -> list[str]:
        """The cells in the order of the rows."""
        return list(dict.fromkeys(row.cell for row in self.rows))


def summarise(records: list[Record], keys: list[str] | None = None) -> Summary:
    """Summarise the latest records, or those of these keys in their order."""
    by_key = {record.key: record for record in latest(records)}
    if keys is None:
        keys = [record.key for record in sorted(by_key.values(), key=place)]
    newest = [by_key[key] for key in dict.fromkeys(keys) if key in by_key]
    runs = [r for r in newest if isinstance(r, RunRecord)]
    known = [r for r in newest if isinstance(r, Baselines) and r.status == "ok"]
    metrics = [*(r.metric for r in runs), *(r.metric for r in known)]
    metric = next((m for m in metrics if m), "")
    task = get_task(newest[0].task, metric)
    baselines = baselines_by_seed(known, task.metric)
    best = best_value(baseline_means(baselines), task.better)
    floor = mean([r.floor for r in known if r.floor is not None])
    frame = runs_frame(runs, task.metric)
    groups = dict(iter(frame.groupby(ROW, sort=False)))
    marks = mark_rows(task, frame, is_matched(runs))
    return Summary(
        task=task,
        rows=[row_of(task, group, best, floor) for group in groups.values()],
        records=runs,
        marks={row: marks.get(row, "") for row in groups},
        baselines=baselines,
        floor=floor,
        equivalence=[r for r in newest if isinstance(r, Equivalence)],
        guesses=known,
    )


def place(record: Record) -> tuple[int, ...]:
    """Where a record's row is among all: by framework, then by cell."""
    orders = ((tuple(FRAMEWORKS), record.framework), (CELLS, record.cell))
    return tuple(
        order.index(name) if name in order else len(order)
        for order, name in orders
    )


def row_of(
    task: Task, frame: pd.DataFrame, baseline: float, floor: float
) -> Row:
    """One row from all runs of a framework and a cell."""
    runs: list[RunRecord] = list(frame["record"])
    done = [run for run in runs if isinstance(run, Run)]
    first = done[0] if done else runs[0]
    known = frame[frame["status"] == "ok"]
    step, step_range = quartiles([s for run in done for s in step_seconds(run)])
    calls = [s for run in done for s in run.inference_seconds]
    batch = first.spec.train.get("batch_size", math.nan)
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
        train_seconds=mean(known["train_seconds"].to_numpy()),
        step_ms_median=1e3 * step,
        step_ms_iqr=1e3 * step_range,
        seqs_per_second=batch / step if step else math.nan,
        compile_seconds=known["compile_seconds"].max(skipna=False),
        latency_ms=1e3 * quartiles(calls)[0],
        peak_memory_mb=known["peak_memory_mb"].max(skipna=False),
        hidden_size=first.spec.model.get("hidden_size"),
        floor=floor,
    )


def baselines_by_seed(
    records: list[Baselines], metric: str
) -> dict[str, dict[int, float]]:
    """Baseline name -> seed -> the metric."""
    names = records[0].baselines if records else {}
    return {
        name: {r.seed: r.baselines[name][metric] for r in records}
        for name in names
    }


def baseline_means(baselines: dict[str, dict[int, float]]) -> list[float]:
    """The mean of each baseline over seeds."""
    return [mean(list(values.values())) for values in baselines.values()]


def best_value(values: list[float], better: str) -> float:
    """The best of some values of a metric, NaN of none."""
    if not values:
        return math.nan
    return min(values) if better == "lower" else max(values)


def is_matched(runs: Iterable[RunRecord]) -> bool:
    """Whether all runs began with the same weights in all frameworks."""
    return {run.spec.init for run in runs} == {"matched"}


def mark_rows(
    task: Task, frame: pd.DataFrame, matched: bool
) -> dict[Place, str]:
    """Marks of the rows, which with matched weights are those of the cells.

    Matched frameworks train one model: between them only rounding would
    choose the best.
    """

    def shown(value: float) -> str:
        return score_text(task.metric, value)

    rows = samples(frame, ROW, "metric")
    if not matched:
        return mark_best(rows, task.better, shown)
    cells = mark_best(samples(frame, "cell", "metric"), task.better, shown)
    return {row: cells[row[1]] for row in rows}


def mark_best(
    found: Samples, better: str, shown: Callable[[float], str] = repr
) -> dict[Any, str]:
    """Mark the best mean "*", and "~" what does not differ significantly.

    Means that are shown as the same text as the best are best, too.
    """
    means = {name: mean(list(v.values())) for name, v in found.items()}
    marks = dict.fromkeys(found, "")
    if not means:
        return marks
    best = best_value(list(means.values()), better)
    winner = next(name for name, value in means.items() if value == best)
    others = [(winner, name) for name in means if name != winner]
    for test in compare_pairs(found, others):
        tested = not math.isnan(test.p)
        marks[test.second] = "~" if tested and not test.differ else ""
    best_text = shown(best)
    return marks | {n: "*" for n, v in means.items() if shown(v) == best_text}


def best_row(summary: Summary) -> Place | None:
    """The row with the best mean among those marked best."""
    rows = {
        row.place: row.metric_mean
        for row in summary.rows
        if summary.marks[row.place] == "*"
    }
    best = best_value(list(rows.values()), summary.task.better)
    return next((row for row, value in rows.items() if value == best), None)
