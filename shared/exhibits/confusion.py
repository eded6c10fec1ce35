"""Exhibits of any classifier, from the confusion matrices of its runs."""

import numpy as np

from shared.exhibits.kinds import Exhibit, Matrix, TextTable
from shared.exhibits.runs import RunView, best_runs, details_by_cell, runs_with


def confusion_exhibits(runs: list[RunView], of: str) -> list[Exhibit]:
    """The best row's matrix and each class's recall; `of` names examples."""
    best = best_runs(runs, "confusion")
    if not best:
        return []
    return [_matrix(best, of), _recalls(runs_with(runs, "confusion"), of)]


def _matrix(best: list[RunView], of: str) -> Matrix:
    classes = tuple(best[0].details["classes"])
    counts = np.sum([run.details["confusion"] for run in best], axis=0)
    totals = np.maximum(1, counts.sum(axis=1, keepdims=True))
    return Matrix(
        name="confusion",
        title=_most_confused(classes, counts),
        text=(
            f"Confusion matrix, seeds added up, {best[0].framework} "
            f"{best[0].cell}: test {of} by their true class and the predicted "
            "one; the color is the share of the true class."
        ),
        row_label="true",
        column_label="predicted",
        rows=classes,
        columns=classes,
        values=tuple(map(tuple, counts.tolist())),
        shares=tuple(map(tuple, (counts / totals).tolist())),
    )


def _most_confused(classes: tuple[str, ...], counts: np.ndarray) -> str:
    """Which class is most often taken for which."""
    wrong = counts - np.diag(np.diag(counts))
    true, predicted = np.unravel_index(np.argmax(wrong), wrong.shape)
    if not wrong[true, predicted]:
        return "No class is taken for another"
    share = f"{wrong[true, predicted]} of {counts[true].sum()}"
    return f"Most confused: {classes[true]} as {classes[predicted]} ({share})"


def _recalls(runs: list[RunView], of: str) -> TextTable:
    """Recall of each class by cell, pooled over seeds."""
    classes = runs[0].details["classes"]
    matrices = details_by_cell(runs, "confusion")
    pooled = [np.sum(own, axis=0) for own in matrices.values()]  # truth in rows
    sizes = pooled[0].sum(axis=1) // len(matrices[runs[0].cell])
    rows: list[tuple[str | float, ...]] = []
    for place in np.argsort(-sizes, kind="stable"):
        found = [(own[place, place], own[place].sum()) for own in pooled]
        recalls = (round(float(n / m), 3) if m else "-" for n, m in found)
        rows.append((classes[place], int(sizes[place]), *recalls))
    return TextTable(
        name="recall",
        title=f"Recall by class, {runs[0].framework}, seeds added up",
        text=f"Share of each class's test {of} that a cell predicts correctly.",
        headings=("class", of, *matrices),
        rows=tuple(rows),
    )
