"""Tables of the pages, each of several comparisons."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from comparisons.analysis.findings import by_cell
from comparisons.analysis.loading import read_parts
from comparisons.analysis.statistics import best_value, mean, spread
from comparisons.analysis.summary import Summary, summarise
from comparisons.analysis.sweeps import sweep_of
from comparisons.analysis.tables import markdown_table
from comparisons.records.record import Run
from comparisons.records.store import read_records
from shared.exhibits.names import cell_name, metric_name, score_text


def readings(root: Path, names: list[str]) -> str:
    """A class, then folders: baselines, cells, and recall of the class."""
    name, *folders = names
    summaries = [
        summarise(read_records(root / folder / "runs.jsonl"))
        for folder in folders
    ]
    baselines = list(summaries[0].baselines)
    metric = metric_name(summaries[0].task.metric)
    heads = ["command", *baselines, "cell", metric, f"share of {name}"]
    heads += [f"recall of {name}", f"{metric} on the rest"]
    lines = [line for s in summaries for line in reading(s, baselines, name)]
    return markdown_table(heads, lines)


def reading(
    summary: Summary, baselines: list[str], name: str
) -> Iterator[list[str]]:
    """For each cell of a folder, its mean ± std over seeds."""
    command, metric = summary.records[0].command, summary.task.metric
    known = [
        score_text(metric, mean(list(summary.baselines[other].values())))
        for other in baselines
    ]
    for cell, seeds in by_cell(summary).items():
        values = list(seeds.values())
        shares = [
            score_text("accuracy", share)
            for share in one_class(summary, cell, name)
        ]
        shown = score_text(metric, mean(values), spread(values))
        yield [f"`{command}`", *known, cell_name(cell), shown, *shares]


def one_class(
    summary: Summary, cell: str, name: str
) -> tuple[float, float, float]:
    """The share of a class in the test split, its recall, that of others."""
    details = [run.detail for run in summary.finished if run.cell == cell]
    counts = np.sum([detail["confusion"] for detail in details], axis=0)
    row = details[0]["classes"].index(name)
    true, right = counts.sum(axis=1), np.diag(counts)
    rest = (right.sum() - right[row]) / (true.sum() - true[row])
    return true[row] / true.sum(), right[row] / true[row], rest


def lengths(root: Path, names: list[str]) -> str:
    """A score, then folders: the score by source length, a row per cell.

    Means over frameworks and seeds.
    """
    score, *folders = names
    lines: list[list[str]] = []
    for folder in folders:
        frame = pd.DataFrame(
            [
                (run.spec.model["attention"], run.cell, run.detail["by_length"])
                for run in read_records(root / folder / "runs.jsonl")
                if isinstance(run, Run)
            ],
            columns=["attention", "cell", "groups"],
        )
        heads = [
            f"{one['words']:.1f} words" for one in frame["groups"].iloc[-1]
        ]
        by = frame.groupby(["attention", "cell"], sort=False)["groups"]
        for key, runs in by:
            values = [[one[score] for one in groups] for groups in runs]
            means = np.mean(values, axis=0)
            shown = (score_text(score, value) for value in means)
            lines.append([key[0], cell_name(key[1]), *shown])
    return markdown_table(["attention", "cell", *heads], lines, "llr")


def swept(root: Path, names: list[str]) -> str:
    """A sweep's folder: a row per framework, cell, and other option."""
    (name,) = names
    parts = read_parts(sorted(p.parent for p in runs_under(root / name)))
    found = sweep_of(parts)
    if found is None:
        raise ValueError(f"{name}: no number differs between its comparisons")
    heads = ["framework", "cell", "with"]
    heads += [f"{found.option_name} {value:g}" for value in found.values]
    return markdown_table(heads, found.texts(), "lllr")


def commands(root: Path, names: list[str]) -> str:
    """Folders: for each cell of each, the mean over all runs."""
    folders = [p.parent for name in names for p in runs_under(root / name)]
    heads = ["command", "best baseline", "cell", "", "min", "max"]
    rows = []
    for folder in folders:
        summary = summarise(read_records(folder / "runs.jsonl"))
        task = summary.task
        heads[3] = metric_name(task.metric)
        known = [mean(list(b.values())) for b in summary.baselines.values()]
        best = score_text(task.metric, best_value(known, task.better))
        command = f"`{summary.records[0].command}`"
        for cell, runs in summary.done.groupby("cell", sort=False):
            scores = runs["metric"].to_numpy()
            values = (mean(scores), scores.min(), scores.max())
            shown = (score_text(task.metric, value) for value in values)
            rows.append([command, best, cell_name(cell), *shown])
    return markdown_table(heads, rows, "lrlr")


def runs_under(folder: Path) -> list[Path]:
    """The records in a folder and below it."""
    return sorted(folder.rglob("runs.jsonl"))


TABLES = {
    "readings": readings,
    "lengths": lengths,
    "sweep": swept,
    "commands": commands,
}
"""Kind of a marker -> the function that writes its table."""
