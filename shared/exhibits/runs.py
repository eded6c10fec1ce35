"""The runs that an exhibit shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import numpy as np

from shared.exhibits.kinds import TextTable


@dataclass(frozen=True)
class RunView:
    """A finished run as seen by a task's exhibits.

    mark: "*" for the best row, "~" if not significantly different from it, else
        ""; details: what `Task.details` recorded, perhaps in an older version.
    """

    framework: str
    cell: str
    seed: int
    mark: str
    scores: Mapping[str, float]
    details: Mapping[str, Any]


def best_runs(runs: list[RunView], name: str = "") -> list[RunView]:
    """The runs of the best row that recorded this detail, by seed."""
    best = [run for run in runs if run.mark == "*"]
    known = [run for run in best if not name or name in run.details]
    return sorted(known, key=lambda run: run.seed)


def runs_with(runs: list[RunView], name: str) -> list[RunView]:
    """The runs of the best framework that recorded this detail, by seed."""
    names = {run.framework for run in best_runs(runs)}
    known = [run for run in runs if name in run.details]
    known = [run for run in known if run.framework in names]
    return sorted(known, key=lambda run: run.seed)


def one_seed(runs: list[RunView], name: str) -> list[RunView]:
    """Runs of the first seed, in the best framework, with this detail."""
    found = runs_with(runs, name)
    return [run for run in found if run.seed == found[0].seed]


def details_by_cell(runs: list[RunView], name: str) -> dict[str, list[Any]]:
    """Cell -> a detail of each of its runs."""
    found: dict[str, list[Any]] = {}
    for run in runs:
        found.setdefault(run.cell, []).append(run.details[name])
    return found


def means_table(
    runs: list[RunView],
    name: str,
    score: str,
    title: str,
    text: str,
    heading: str,
) -> TextTable:
    """Rows of a detail: what, how many, and each cell's mean over seeds."""
    cells = dict.fromkeys(run.cell for run in runs)
    values: dict[tuple[str, int], dict[str, list[float]]] = {}
    for run in runs:
        for item in run.details.get(name, ()):
            row = values.setdefault((item["of"], item["count"]), {})
            row.setdefault(run.cell, []).append(item[score])
    return TextTable(
        name=name.replace("_", "-"),
        title=f"{title}, {runs[0].framework}, mean over seeds",
        text=text,
        headings=(heading, "number", *cells),
        rows=tuple(
            (
                *of,
                *(round(fmean(row[c]), 4) if c in row else "-" for c in cells),
            )
            for of, row in values.items()
        ),
    )


def mean_errors(runs: list[RunView], predicted: str, truth: str) -> str:
    """The mean absolute error of each cell, from the best to the worst.

    predicted, truth: the details that are compared.
    """
    deviations: dict[str, list[np.ndarray]] = {}
    for run in runs:
        deviation = np.subtract(run.details[predicted], run.details[truth])
        deviations.setdefault(run.cell, []).append(np.abs(deviation))
    errors = {cell: float(np.mean(v)) for cell, v in deviations.items()}
    ranked = sorted(errors, key=errors.__getitem__)
    return ", ".join(f"{cell} by {errors[cell]:.3f}" for cell in ranked)
