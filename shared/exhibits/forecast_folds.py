"""Exhibits of forecasts with intervals, and of several folds."""

from collections.abc import Mapping
from statistics import fmean

import numpy as np

from shared.exhibits.kinds import Lines, Series, TextTable
from shared.exhibits.names import cell_name, score_text
from shared.exhibits.runs import RunView, best_runs


def interval(runs: list[RunView]) -> list[Lines]:
    """The interval of the best row, over its first test steps."""
    best = best_runs(runs, "low")
    if not best:
        return []
    first = best[0].details
    low, high = (f"{level:g}" for level in first["levels"])
    nominal = score_text("coverage", first["levels"][1] - first["levels"][0])
    means = {
        name: tuple(
            np.mean([run.details[name] for run in best], axis=0).tolist()
        )
        for name in ("forecast", "low", "high")
    }
    covered = fmean(run.scores["coverage"] for run in best)
    cell = best[0].cell
    return [
        Lines(
            name="interval",
            title=(
                f"The interval of {cell_name(cell)} holds "
                f"{score_text('coverage', covered)} of {first['column']}, "
                f"nominally {nominal}"
            ),
            text=(
                f"Median, and as a band the quantiles {low} to {high}, "
                f"{best[0].framework}: consecutive forecasts, mean over seeds."
            ),
            x_label="test step",
            y_label=first["column"],
            series=(
                Series("truth", tuple(first["truth"])),
                Series(
                    cell,
                    means["forecast"],
                    low=means["low"],
                    high=means["high"],
                ),
            ),
        )
    ]


def fold_table(runs: list[RunView]) -> list[TextTable]:
    """MSE of each cell on each fold, and over all of their test windows.

    runs: of one framework.
    """
    if not runs:
        return []
    folds = range(runs[0].details["folds"])
    tested = {
        run.details["fold"]: " to ".join(run.details["tested"]) for run in runs
    }
    sizes = {run.details["fold"]: run.details["test_windows"] for run in runs}
    scores: dict[str, dict[int, list[float]]] = {}
    for run in runs:
        row, fold = scores.setdefault(run.cell, {}), run.details["fold"]
        row.setdefault(fold, []).append(run.scores["mse"])
        repeated = scores.setdefault("last value", {})
        repeated[fold] = [fmean(run.details["last_value_by_step"])]
    return [
        TextTable(
            name="folds",
            title=f"MSE by fold of the walk-forward evaluation, {len(folds)} "
            f"folds, {runs[0].framework}",
            text=(
                "Each fold is tested on rows that come after all it was "
                "trained on; pooled: the mean over all test windows."
            ),
            headings=(
                "row",
                *(f"{n + 1}: {tested.get(n, '-')}" for n in folds),
                "pooled",
            ),
            rows=tuple(
                (
                    name,
                    *(
                        score_text("mse", fmean(row[n])) if n in row else "-"
                        for n in folds
                    ),
                    score_text("mse", pooled(row, sizes)),
                )
                for name, row in scores.items()
            ),
        )
    ]


def pooled(row: Mapping[int, list[float]], sizes: Mapping[int, int]) -> float:
    """The mean of folds' means, each weighted by its test windows."""
    weights = [sizes[fold] for fold in row]
    return float(np.average([fmean(row[n]) for n in row], weights=weights))
