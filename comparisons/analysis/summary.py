"""Rows of the table, computed from raw records and nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from comparisons.analysis.statistics import (
    Name,
    compare_pairs,
    mean,
    quartiles,
    spread,
)
from comparisons.analysis.timings import compile_seconds, step_seconds
from comparisons.frameworks import FRAMEWORKS
from comparisons.records.store import Record, latest
from shared.exhibits.names import score_text
from shared.specs import CELLS
from shared.task import Task
from shared.tasks import get_task

WORST = ("failed", "timeout", "diverged", "unavailable", "ok")
"""The status of a row is the first of these among its runs."""

COLUMNS = (
    *("task", "dataset", "framework", "cell", "init", "device", "seeds"),
    *("status", "parameters", "metric", "metric_mean", "metric_std"),
    *("best_baseline", "train_seconds", "step_ms_median", "step_ms_iqr"),
    *("seqs_per_second", "compile_seconds", "latency_ms"),
    *("peak_memory_mb", "hidden_size", "floor"),
)


@dataclass
class Summary:
    """One comparison: its rows, their marks, and the baselines.

    rows: a dict of COLUMNS for each framework and cell;
    marks: (framework, cell) -> "*" best, "~" not significantly different
        from the best, "" significantly different or without a test;
    baselines: name -> seed -> the metric;
    guesses: the records of the baselines.
    """

    task: Task
    rows: list[dict[str, Any]]
    records: list[Record]
    marks: dict[tuple[str, str], str] = field(default_factory=dict)
    baselines: dict[str, dict[int, float]] = field(default_factory=dict)
    floor: float = math.nan
    equivalence: list[Record] = field(default_factory=list)
    guesses: list[Record] = field(default_factory=list)


def summarise(records: list[Record], keys: list[str] | None = None) -> Summary:
    """Summarise the latest records, or those of these keys in their order."""
    by_key = {record["key"]: record for record in latest(records)}
    if keys is None:
        keys = [record["key"] for record in sorted(by_key.values(), key=place)]
    newest = [by_key[key] for key in dict.fromkeys(keys) if key in by_key]
    kinds: dict[str, list[Record]] = {}
    for record in newest:
        kinds.setdefault(record["kind"], []).append(record)
    runs = kinds.get("run", [])
    metrics = (record["metric"] for record in newest if "metric" in record)
    task = get_task(newest[0]["task"], next(metrics, ""))
    known = [r for r in kinds.get("baselines", []) if r["status"] == "ok"]
    baselines = baselines_by_seed(known, task.metric)
    floors = [r["floor"] for r in known if r["floor"] is not None]
    best = best_value(baseline_means(baselines), task.better)
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in runs:
        groups.setdefault((record["framework"], record["cell"]), []).append(
            record
        )
    rows = [
        row_of(task, group) | {"best_baseline": best, "floor": mean(floors)}
        for group in groups.values()
    ]
    return Summary(
        task=task,
        rows=rows,
        records=runs,
        marks=mark_rows(task, groups),
        baselines=baselines,
        floor=mean(floors),
        equivalence=kinds.get("equivalence", []),
        guesses=known,
    )


def place(record: Record) -> tuple[int, ...]:
    """Where a record's row stands among all: by framework, then by cell."""
    orders = {"framework": tuple(FRAMEWORKS), "cell": CELLS}
    return tuple(
        order.index(record[name]) if record[name] in order else len(order)
        for name, order in orders.items()
    )


def row_of(task: Task, runs: list[Record]) -> dict[str, Any]:
    """One row from all runs of a framework and a cell."""
    done = [run for run in runs if run["status"] == "ok"]
    statuses = {run["status"] for run in runs}
    first = done[0] if done else runs[0]
    scores = [run["scores"][task.metric] for run in done]
    steps = [s for run in done for s in step_seconds(run)]
    step, step_range = quartiles(steps)
    calls = [s for run in done for s in run["inference_seconds"]]
    compiles = [compile_seconds(run) for run in done]
    trains = [train_seconds(run) for run in done]
    batch = first.get("train_spec", {}).get("batch_size", math.nan)
    return {
        "task": task.name,
        "dataset": first.get("dataset", ""),
        "framework": first["framework"],
        "cell": first["cell"],
        "init": first["spec"]["init"],
        "device": first.get("device", ""),
        "seeds": len(done),
        "status": next(s for s in WORST if s in statuses),
        "parameters": first.get("parameters", math.nan),
        "metric": task.metric,
        "metric_mean": mean(scores),
        "metric_std": spread(scores),
        "train_seconds": mean(trains),
        "step_ms_median": 1e3 * step,
        "step_ms_iqr": 1e3 * step_range,
        "seqs_per_second": batch / step if step else math.nan,
        "compile_seconds": max(compiles, default=math.nan),
        "latency_ms": 1e3 * quartiles(calls)[0],
        "peak_memory_mb": max(
            (run["peak_memory_mb"] for run in done), default=math.nan
        ),
        "hidden_size": first.get("model_spec", {}).get("hidden_size", math.nan),
    }


def train_seconds(run: Record) -> float:
    """Seconds of all epochs, without compilation and validation."""
    total = sum(epoch["seconds"] for epoch in run["epochs"])
    spent = compile_seconds(run)
    return total if math.isnan(spent) else total - spent


def baselines_by_seed(
    records: list[Record], metric: str
) -> dict[str, dict[int, float]]:
    """Baseline name -> seed -> the metric."""
    names = records[0]["baselines"] if records else {}
    return {
        name: {r["seed"]: r["baselines"][name][metric] for r in records}
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


def mark_rows(
    task: Task, groups: dict[tuple[str, str], list[Record]]
) -> dict[tuple[str, str], str]:
    """Marks of the rows, which with matched weights are those of the cells.

    Matched frameworks train one model: between them only rounding would
    choose the best.
    """

    def shown(value: float) -> str:
        return score_text(task.metric, value)

    samples = {row: metric_by_seed(task, runs) for row, runs in groups.items()}
    if not is_matched([run for runs in groups.values() for run in runs]):
        return mark_best(samples, task.better, shown)
    cells: dict[str, list[dict[int, float]]] = {}
    for (_, cell), values in samples.items():
        cells.setdefault(cell, []).append(values)
    marks = mark_best(
        {cell: mean_by_seed(values) for cell, values in cells.items()},
        task.better,
        shown,
    )
    return {row: marks[row[1]] if samples[row] else "" for row in samples}


def is_matched(runs: list[Record]) -> bool:
    """Whether all runs began with the same weights in all frameworks."""
    return {run["spec"].get("init") for run in runs} == {"matched"}


def mean_by_seed(samples: list[dict[int, float]]) -> dict[int, float]:
    """Seed -> the mean of the samples that have it."""
    seeds = dict.fromkeys(seed for sample in samples for seed in sample)
    return {s: mean([x[s] for x in samples if s in x]) for s in seeds}


def mark_best(
    samples: Mapping[Name, Mapping[int, float]],
    better: str,
    shown: Callable[[float], str] = repr,
) -> dict[Name, str]:
    """Mark the best mean "*", and "~" what does not differ significantly.

    Means that are shown as the same text as the best are best, too.
    """
    means = {n: mean(list(s.values())) for n, s in samples.items() if s}
    marks = dict.fromkeys(samples, "")
    if not means:
        return marks
    best = best_value(list(means.values()), better)
    winner = next(name for name, value in means.items() if value == best)
    others = [(winner, name) for name in means if name != winner]
    for found in compare_pairs(samples, others):
        tested = not math.isnan(found.p)
        marks[found.second] = "~" if tested and not found.differ else ""
    for name, value in means.items():
        if shown(value) == shown(best):
            marks[name] = "*"
    return marks


def best_row(summary: Summary) -> tuple[str, str] | None:
    """The row with the best mean among those marked best."""
    rows = {
        (row["framework"], row["cell"]): row["metric_mean"]
        for row in summary.rows
        if summary.marks[row["framework"], row["cell"]] == "*"
    }
    best = best_value(list(rows.values()), summary.task.better)
    return next((row for row, value in rows.items() if value == best), None)


def metric_by_seed(task: Task, runs: list[Record]) -> dict[int, float]:
    """Seed -> the task's metric, of the runs that ended well."""
    return {
        run["seed"]: run["scores"][task.metric]
        for run in runs
        if run["status"] == "ok"
    }
