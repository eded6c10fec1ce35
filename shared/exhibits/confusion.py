"""Exhibits of any classifier, from the confusion matrices of its runs."""

from __future__ import annotations

import numpy as np

from shared.exhibits.kinds import (
    Exhibit,
    Matrix,
    RunView,
    TextTable,
    best_runs,
    runs_of_best_framework,
)


def confusion_exhibits(runs: list[RunView], of: str) -> list[Exhibit]:
    """The best row's matrix and each class's recall; `of` names examples."""
    known = [run for run in runs if "confusion" in run.details]
    best = best_runs(known)
    if not best:
        return []
    return [_matrix(best, of), _recalls(runs_of_best_framework(known), of)]


def _matrix(best: list[RunView], of: str) -> Matrix:
    classes = tuple(best[0].details["classes"])
    counts = _added(best)
    totals = np.maximum(1, counts.sum(axis=1, keepdims=True))
    return Matrix(
        name="confusion",
        title="Confusion matrix of the best row, seeds added up",
        text=(
            f"{best[0].framework} {best[0].cell}: test {of} by their true "
            "class and the predicted one; the color is the share of the true "
            "class."
        ),
        row_label="true",
        column_label="predicted",
        rows=classes,
        columns=classes,
        values=tuple(map(tuple, counts.tolist())),
        shares=tuple(map(tuple, (counts / totals).tolist())),
    )


def _recalls(runs: list[RunView], of: str) -> TextTable:
    """Recall of each class by cell, pooled over seeds."""
    cells = tuple(dict.fromkeys(run.cell for run in runs))
    classes = runs[0].details["classes"]
    counts = {c: _added([r for r in runs if r.cell == c]) for c in cells}
    times = sum(run.cell == cells[0] for run in runs)
    sizes = counts[cells[0]].sum(axis=1) // times
    order = np.argsort(-sizes, kind="stable")
    rows = [
        (
            classes[place],
            int(sizes[place]),
            *(_recall(counts[cell], place) for cell in cells),
        )
        for place in order
    ]
    return TextTable(
        name="recall",
        title=f"Recall by class, {runs[0].framework}, seeds added up",
        text=f"Share of each class's test {of} that a cell predicts correctly.",
        headings=("class", of, *cells),
        rows=tuple(rows),
    )


def _added(runs: list[RunView]) -> np.ndarray:
    """Sum of the runs' confusion matrices (K, K), truth in rows."""
    counts: np.ndarray = np.sum([r.details["confusion"] for r in runs], axis=0)
    return counts


def _recall(counts: np.ndarray, place: int) -> float | str:
    total = counts[place].sum()
    return round(float(counts[place, place] / total), 3) if total else "-"
