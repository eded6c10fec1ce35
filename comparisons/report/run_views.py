"""From records to the exhibits of a task."""

from __future__ import annotations

from comparisons.analysis.summary import Summary, best_row
from shared.exhibits.kinds import Exhibit, Matrices, Matrix, RunView
from shared.exhibits.names import cell_name, framework_name

UNREADABLE = (KeyError, IndexError, TypeError, ValueError)
"""Raised by a task's `show` for a detail that it does not expect."""


def run_views(summary: Summary) -> list[RunView]:
    """The finished runs as a task sees them: names as people read them.

    Of the rows marked best, the one with the best mean alone keeps its mark.
    """
    best = best_row(summary)
    return [
        RunView(
            framework=framework_name(run.framework),
            cell=cell_name(run.cell),
            seed=run.seed,
            mark="*" if run.row == best else "",
            scores=run.scores,
            details=run.detail,
        )
        for run in summary.finished
    ]


def exhibits(summary: Summary) -> list[Exhibit]:
    views = run_views(summary)
    return summary.task.exhibits(views) if views else []


def matrices(summary: Summary) -> list[Matrix]:
    """The exhibits of which `report.md` has a picture."""
    try:
        return [m for e in exhibits(summary) for m in _matrices(e)]
    except UNREADABLE:
        return []


def _matrices(exhibit: Exhibit) -> list[Matrix]:
    if isinstance(exhibit, Matrices):
        return list(exhibit.parts.values())
    return [exhibit] if isinstance(exhibit, Matrix) else []
