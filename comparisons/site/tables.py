"""Tables of the pages that are of several comparisons at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from comparisons.analysis.findings import by_cell
from comparisons.analysis.loading import read_parts
from comparisons.analysis.statistics import mean, score_form, spread
from comparisons.analysis.summary import Summary, best_value, summarise
from comparisons.analysis.sweeps import sweep_of
from comparisons.analysis.table import markdown
from comparisons.records.record import Run
from comparisons.records.store import read_records


def readings(root: Path, names: list[str]) -> str:
    """A class, then folders: one line each, of baselines, cells, the class."""
    name, *folders = names
    summaries = [
        summarise(read_records(root / folder / "runs.jsonl"))
        for folder in folders
    ]
    beside = list(summaries[0].baselines)
    heads = ["command", *beside, "cell", summaries[0].task.metric]
    heads += [f"share of {name}", f"right on {name}", "right on the rest"]
    lines = [line for s in summaries for line in reading(s, beside, name)]
    return markdown(heads, lines, 1)


def reading(
    summary: Summary, beside: list[str], name: str
) -> Iterator[list[str]]:
    """For each cell of a folder, its means ± sd over seeds."""
    command = summary.records[0].command
    known = [
        f"{mean(list(summary.baselines[other].values())):.4f}"
        for other in beside
    ]
    for cell, seeds in by_cell(summary).items():
        values = list(seeds.values())
        shares = [f"{share:.3f}" for share in one_class(summary, cell, name)]
        shown = f"{mean(values):.4f} ± {spread(values):.4f}"
        yield [f"`{command}`", *known, cell, shown, *shares]


def one_class(
    summary: Summary, cell: str, name: str
) -> tuple[float, float, float]:
    """The share of a class in the test, recall on it and on the others."""
    details = [run.detail for run in summary.finished if run.cell == cell]
    counts = np.sum([detail["confusion"] for detail in details], axis=0)
    row = details[0]["classes"].index(name)
    true, right = counts.sum(axis=1), np.diag(counts)
    rest = (right.sum() - right[row]) / (true.sum() - true[row])
    return true[row] / true.sum(), right[row] / true[row], rest


def lengths(root: Path, names: list[str]) -> str:
    """A score, then folders: by words of the source, a line for each cell.

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
            lines.append(
                [*key, *(f"{value:{FORMS[score]}}" for value in means)]
            )
    heads = ["attention", "cell", *heads]
    return markdown(heads, lines, 2)


FORMS = {"bleu": ".1f", "exact": ".3f"}
"""Score by length -> how it is written."""


def swept(root: Path, names: list[str]) -> str:
    """A sweep's folder: a row a framework, cell and what else differs."""
    (name,) = names
    parts = read_parts(sorted(p.parent for p in runs_under(root / name)))
    found = sweep_of(parts)
    if found is None:
        raise ValueError(f"{name}: no number differs between its comparisons")
    option = found.option.replace("_", " ")
    heads = ["framework", "cell", "with"]
    heads += [f"{option} {value:g}" for value in found.values]
    rows = [[written(value) for value in row] for row in found.rows()]
    return markdown(heads, rows, 3)


def commands(root: Path, names: list[str]) -> str:
    """Folders: for each cell of each, the mean over all its runs."""
    folders = [p.parent for name in names for p in runs_under(root / name)]
    heads = ["command", "best baseline", "cell", "", "least", "greatest"]
    rows = []
    for folder in folders:
        summary = summarise(read_records(folder / "runs.jsonl"))
        task = summary.task
        heads[3] = task.metric
        known = [mean(list(b.values())) for b in summary.baselines.values()]
        best = written(best_value(known, task.better)) if known else ""
        command = f"`{summary.records[0].command}`"
        for cell, runs in summary.done.groupby("cell", sort=False):
            scores = runs["metric"].to_numpy()
            values = (mean(scores), scores.min(), scores.max())
            rows.append([command, best, cell, *map(written, values)])
    return markdown(heads, rows, 1)


def runs_under(folder: Path) -> list[Path]:
    """The records of a folder, or of those in it."""
    return sorted(folder.rglob("runs.jsonl"))


def written(value: str | float | None) -> str:
    """A name as it is, a score as the tables have it."""
    if value is None or isinstance(value, str):
        return value or ""
    return format(value, score_form(value))


TABLES = {
    "readings": readings,
    "lengths": lengths,
    "sweep": swept,
    "commands": commands,
}
"""Word of a mark -> what writes the table."""
