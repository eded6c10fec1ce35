"""Tables of the pages, each of several comparisons."""

from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pandas as pd

from comparisons.analysis.findings import by_cell
from comparisons.analysis.loading import read_parts
from comparisons.analysis.statistics import mean, means, spread
from comparisons.analysis.summary import Summary, summarize
from comparisons.analysis.sweeps.reading import sweep_of
from comparisons.analysis.tables import markdown_table
from comparisons.bench.records import names_of, ratio
from comparisons.bench.scan import HEADS, scan_rows, scan_sentences
from comparisons.records.files import folders_of_records, records_file
from comparisons.records.measurements import StepTimes
from comparisons.records.record import Run
from comparisons.records.store import read_records
from comparisons.site.overview import summary_of
from shared.exhibits.names import cell_name, metric_name, score_text


def readings(root: Path, name: str, *folders: str) -> str:
    """Baselines, cells (mean ± std over seeds), and recall of the class."""
    rows = []
    # Confusions are in the details of all runs, not only of those shown.
    known_runs = [read_records(records_file(root / f)) for f in folders]
    for summary in map(summarize, known_runs):
        metric = summary.task.metric
        baselines = means(summary.baselines).values()
        known = [score_text(metric, value) for value in baselines]
        for cell, by_seed in by_cell(summary).items():
            values = list(by_seed.values())
            shown = score_text(metric, mean(values), spread(values))
            shares = one_class(summary, cell, name)
            texts = [score_text("accuracy", share) for share in shares]
            command = f"`{summary.records[0].command}`"
            rows.append([command, *known, cell_name(cell), shown, *texts])
    heads = ["command", *summary.baselines, "cell", metric_name(metric)]
    heads += [f"share of {name}", f"recall of {name}"]
    return markdown_table([*heads, f"{metric_name(metric)} on the rest"], rows)


def one_class(
    summary: Summary, cell: str, name: str
) -> tuple[float, float, float]:
    """The share of a class in the test split, its recall, that of others."""
    details = [run.detail for run in summary.finished if run.cell == cell]
    counts = np.sum([detail["confusion"] for detail in details], axis=0)
    row = details[0]["classes"].index(name)
    true, right = counts.sum(axis=1), np.diag(counts)
    others = (right.sum() - right[row]) / (true.sum() - true[row])
    return true[row] / true.sum(), right[row] / true[row], others


def lengths(root: Path, score: str, *folders: str) -> str:
    """The score by source length, a row per attention and cell.

    Means over frameworks and seeds.
    """
    rows: list[list[str]] = []
    for folder in folders:
        frame = pd.DataFrame(
            [
                (run.spec.model["attention"], run.cell, run.detail["by_length"])
                for run in read_records(records_file(root / folder))
                if isinstance(run, Run)
            ],
            columns=["attention", "cell", "groups"],
        )
        heads = [
            f"{one['words']:.1f} words" for one in frame["groups"].iloc[-1]
        ]
        by = frame.groupby(["attention", "cell"], sort=False)["groups"]
        for (attention, cell), runs in by:
            values = [[one[score] for one in groups] for groups in runs]
            means = np.mean(values, axis=0)
            shown = (score_text(score, value) for value in means)
            rows.append([attention, cell_name(cell), *shown])
    return markdown_table(["attention", "cell", *heads], rows, "llr")


def sweep_table(root: Path, name: str) -> str:
    """A row per framework, cell, and other option of a sweep's folder."""
    found = sweep_of(read_parts(folders_of_records(root / name)))
    if found is None:
        raise ValueError(f"{name}: no number differs between its comparisons")
    heads = ["framework", "cell", "with"]
    heads += [f"{found.option_name} {value:g}" for value in found.values]
    return markdown_table(heads, found.texts(), "lllr")


def commands(root: Path, *names: str) -> str:
    """For each cell of each folder, the mean over all runs."""
    rows = []
    found = (folders_of_records(root / name) for name in names)
    for folder in chain.from_iterable(found):
        summary = summary_of(folder)
        task = summary.task
        best = summary.best_baseline
        for cell, runs in summary.done.groupby("cell", sort=False):
            scores = runs["metric"].to_numpy()
            values = (best, mean(scores), scores.min(), scores.max())
            known, *shown = (score_text(task.metric, v) for v in values)
            command = f"`{summary.records[0].command}`"
            rows.append([command, known, cell_name(cell), *shown])
    heads = ["command", "best baseline", "cell", metric_name(task.metric)]
    return markdown_table([*heads, "min", "max"], rows, "lrlr")


def values(root: Path, name: str) -> str:
    """The best baseline and each cell's mean score at each value of a sweep."""
    rows, found = [], []
    for folder in folders_of_records(root / name):
        option, _, value = folder.name.partition("=")
        summary = summary_of(folder)
        metric = summary.task.metric
        by = summary.done.groupby("cell", sort=False)["metric"].mean()
        found.append([summary.best_baseline, *by])
        shown = (score_text(metric, one) for one in found[-1])
        rows.append([value, *shown])
    shown = (score_text(metric, one) for one in np.mean(found, axis=0))
    rows.append(["mean", *shown])
    heads = [option, "best baseline", *map(cell_name, by.index)]
    return markdown_table(heads, rows, "lr")


def loops(root: Path, name: str) -> str:
    """Each row's median ms per step, and those of the loops by hand."""
    rows = []
    for record in read_records(root / name):
        assert isinstance(record, StepTimes), record.kind
        times = (record.loops.get(loop) for loop in ("guide", "tuned"))
        medians = (median(t) if t else None for t in (record.ours, *times))
        shown = (f"{1e3 * t:.2f}" if t else "-" for t in medians)
        size, middle = f"{record.hidden_size}", f"{ratio(record)[0]:.2f}"
        rows.append([*names_of(record), size, *shown, middle])
    heads = ["framework", "cell", "hidden", "ms/step", "guide's loop"]
    return markdown_table([*heads, "tuned loop", "ratio"], rows, "llr")


def scan(root: Path, name: str) -> str:
    """Median ms per step by T, and from which T a scan is faster."""
    records: list[Any] = read_records(root / name)
    heads = [f"T {steps:,}" for steps in records[0].lengths]
    table = markdown_table([*HEADS, *heads], scan_rows(records), "lllr")
    return "\n".join([table, "", *(f"- {s}." for s in scan_sentences(records))])


TABLES = {
    "readings": readings,
    "lengths": lengths,
    "sweep": sweep_table,
    "commands": commands,
    "values": values,
    "loops": loops,
    "scan": scan,
}
"""Kind of a marker -> the function that writes its table."""
