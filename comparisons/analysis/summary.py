"""One comparison, computed from raw records and nothing else."""

from dataclasses import dataclass
from functools import cached_property, partial

import pandas as pd

from comparisons.analysis.frame import ROW, epochs_frame, runs_frame, samples
from comparisons.analysis.rows import Place, Row, mark_best, row_of
from comparisons.analysis.statistics import best_name, best_value, mean, means
from comparisons.frameworks import FRAMEWORKS
from comparisons.records.measurements import Baselines, Equivalence
from comparisons.records.record import Run, RunRecord
from comparisons.records.spec import Record
from comparisons.records.store import latest
from shared.exhibits.names import score_text
from shared.specs import CELLS
from shared.task import Task
from shared.tasks import get_task


@dataclass
class Summary:
    """The records of one comparison, and what follows from them.

    records: the runs, whatever became of them.
    """

    task: Task
    records: list[RunRecord]
    equivalence: list[Equivalence]
    baseline_records: list[Baselines]

    @property
    def finished(self) -> list[Run]:
        return [run for run in self.records if isinstance(run, Run)]

    @cached_property
    def done(self) -> pd.DataFrame:
        """The same as a frame; see `analysis.frame`."""
        return runs_frame(self.finished, self.task.metric)

    @cached_property
    def epochs(self) -> pd.DataFrame:
        return epochs_frame(self.finished)

    @cached_property
    def baselines(self) -> dict[str, dict[int, float]]:
        """Name -> seed -> the metric."""
        records, metric = self.baseline_records, self.task.metric
        return {
            name: {r.seed: r.baselines[name][metric] for r in records}
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
        frame = runs_frame(self.records, self.task.metric)
        return [
            row_of(self.task, group, self.best_baseline, self.noise_floor)
            for _, group in frame.groupby(ROW, sort=False)
        ]

    @cached_property
    def marks(self) -> dict[Place, str]:
        """Row -> "*" best, "~" not significantly different, or "".

        "" is significantly different or without a test. Matched frameworks
        train one model, and between them only rounding would choose the best:
        their rows have the marks of the cells.
        """
        task, shown = self.task, partial(score_text, self.task.metric)
        found = samples(self.done, "cell" if self.matched else ROW, "metric")
        marks = mark_best(found, task.better, shown)
        if self.matched:
            rows = samples(self.done, ROW, "metric")
            marks = {row: marks[row[1]] for row in rows}
        return {row.place: marks.get(row.place, "") for row in self.rows}

    @property
    def matched(self) -> bool:
        """Whether all runs began with the same weights in all frameworks."""
        return {run.spec.init for run in self.records} == {"matched"}

    @property
    def frameworks(self) -> list[str]:
        return list(dict.fromkeys(row.framework for row in self.rows))

    @property
    def cells(self) -> list[str]:
        return list(dict.fromkeys(row.cell for row in self.rows))


def summarize(records: list[Record], keys: list[str] | None = None) -> Summary:
    """Summarize the latest records, or those of these keys in their order."""
    by_key = {record.key: record for record in latest(records)}
    if keys is None:
        newest = sorted(by_key.values(), key=table_order)
    else:
        newest = [by_key[key] for key in dict.fromkeys(keys) if key in by_key]
    runs = [r for r in newest if isinstance(r, RunRecord)]
    known = [r for r in newest if isinstance(r, Baselines) and r.status == "ok"]
    metrics = [*(r.metric for r in runs), *(r.metric for r in known)]
    task = get_task(newest[0].task, next(filter(None, metrics), ""))
    equivalence = [r for r in newest if isinstance(r, Equivalence)]
    return Summary(task, runs, equivalence, known)


def table_order(record: Record) -> list[int]:
    """By framework, then by cell."""
    orders = ((tuple(FRAMEWORKS), record.framework), (CELLS, record.cell))
    return [o.index(n) if n in o else len(o) for o, n in orders]


def best_row(summary: Summary) -> Place | None:
    """The row with the best mean among those marked best."""
    best = {
        row.place: row.metric_mean
        for row in summary.rows
        if summary.marks[row.place] == "*"
    }
    return best_name(best, summary.task.better) if best else None
