"""One comparison, computed from raw records and nothing else."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

import pandas as pd

from comparisons.analysis.frame import (
    ROW,
    Samples,
    epochs_frame,
    runs_frame,
    samples,
)
from comparisons.analysis.machines import Identity, lettered, letters_of
from comparisons.analysis.rows import Row, row_of
from comparisons.analysis.shown import SHOWN, Details, first_seeds
from comparisons.analysis.speed.untimed import results_of
from comparisons.analysis.statistics import best_value, mean, means
from comparisons.frameworks import FRAMEWORKS
from comparisons.records.measurements import Baselines, Equivalence
from comparisons.records.record import Run, RunRecord
from comparisons.records.spec import Record
from comparisons.records.store import latest
from shared.specs import CELLS
from shared.task import Task
from shared.tasks import get_task

Value = TypeVar("Value")

FRAMEWORK_ORDER = tuple(FRAMEWORKS)


@dataclass
class Summary:
    """The records of one comparison, and what follows from them.

    records: the runs, whatever became of them; details: of the runs shown, None
    where the records have their own; computed: what is computed from them once.
    """

    task: Task
    records: list[RunRecord]
    equivalence: list[Equivalence]
    baseline_records: list[Baselines]
    details: Details | None = None
    failed_baselines: list[Baselines] = field(default_factory=list)
    computed: dict[str, Any] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        if self.details is not None:
            self.details.keys |= {run.key for run in self.shown}

    @cached_property
    def finished(self) -> list[Run]:
        return [run for run in self.records if isinstance(run, Run)]

    @property
    def folder(self) -> Path | None:
        """That of the records, None if they were not read from a file."""
        return self.details.path.parent if self.details else None

    @cached_property
    def shown(self) -> list[Run]:
        """The finished runs whose details are shown."""
        return first_seeds(self.finished, SHOWN)

    def detail(self, run: Run) -> dict[str, Any]:
        """What the task's exhibits show of a run."""
        if self.details is None:
            return run.detail
        found: dict[str, Any] = self.details.by_key.get(run.key, {})
        return found

    @cached_property
    def runs(self) -> pd.DataFrame:
        """All runs as a frame; see `analysis.frame`."""
        return runs_frame(self.records, self.task.metric, self.epochs)

    @cached_property
    def done(self) -> pd.DataFrame:
        """Those that are finished."""
        return self.runs[self.runs["status"] == "ok"]

    def samples(self, by: str | list[str], column: str) -> Samples:
        """`frame.samples` of the finished runs, which nobody changes."""
        name = f"{column} by {by}"
        return self.once(name, lambda: samples(self.done, by, column))

    def once(self, name: str, compute: Callable[[], Value]) -> Value:
        """What is computed under a name the first time it is needed."""
        if name not in self.computed:
            self.computed[name] = compute()
        return cast(Value, self.computed[name])

    @cached_property
    def epochs(self) -> pd.DataFrame:
        return epochs_frame(self.finished)

    @cached_property
    def baselines(self) -> dict[str, dict[int, float]]:
        """Name -> seed -> the metric."""
        records, metric = self.baseline_records, self.task.metric
        return {
            name: {
                r.seed: r.baselines[name].get(metric, math.nan)
                for r in records
                if name in r.baselines
            }
            for name in (records[0].baselines if records else ())
        }

    @property
    def best_baseline(self) -> float:
        """The best mean over seeds, NaN without baselines."""
        return best_value(means(self.baselines).values(), self.task.better)

    @cached_property
    def noise_floor(self) -> float:
        """The best metric that the data's noise admits."""
        floors = [record.noise_floor for record in self.baseline_records]
        return mean(floor for floor in floors if floor is not None)

    @cached_property
    def rows(self) -> list[Row]:
        steps = self.epochs.dropna(subset=["step_ms"])
        times = dict([*steps.groupby(ROW, observed=True)["step_ms"]])
        none = pd.Series(dtype=float)
        context = self.best_baseline, self.noise_floor
        return [
            row_of(
                *(self.task, group, times.get(place, none), *context),
                letters_of(
                    (r for r in group["record"] if isinstance(r, Run)),
                    self.machines,
                ),
            )
            for place, group in self.runs.groupby(ROW, sort=False)
        ]

    @cached_property
    def matched(self) -> bool:
        """Whether all runs began with the same weights in all frameworks."""
        return {run.spec.init for run in self.records} == {"matched"}

    @cached_property
    def machines(self) -> dict[Identity, str]:
        """Machine of the finished runs -> its letter in tables."""
        return lettered(self.finished)

    @property
    def frameworks(self) -> list[str]:
        return list(dict.fromkeys(row.framework for row in self.rows))

    @property
    def cells(self) -> list[str]:
        return list(dict.fromkeys(row.cell for row in self.rows))


def summarize(
    records: list[Record],
    keys: list[str] | None = None,
    details: Details | None = None,
) -> Summary:
    """Summarize the latest records, or those of these keys in their order."""
    by_key = {record.key: record for record in latest(records)}
    if keys is None:
        newest = sorted(by_key.values(), key=table_order)
    else:
        newest = [by_key[key] for key in dict.fromkeys(keys) if key in by_key]
    runs = results_of(r for r in newest if isinstance(r, RunRecord))
    baselines = [r for r in newest if isinstance(r, Baselines)]
    known = [r for r in baselines if r.status == "ok"]
    failed = [r for r in baselines if r.status != "ok"]
    metrics = [*(r.metric for r in runs), *(r.metric for r in known)]
    task = get_task(newest[0].task, next(filter(None, metrics), ""))
    equivalence = [r for r in newest if isinstance(r, Equivalence)]
    return Summary(task, runs, equivalence, known, details, failed)


def table_order(record: Record) -> list[int]:
    """By framework, then by cell."""
    orders = ((FRAMEWORK_ORDER, record.framework), (CELLS, record.cell))
    return [o.index(n) if n in o else len(o) for o, n in orders]
