"""What the tasks show: from records to exhibits."""

from __future__ import annotations

from comparisons.analysis.summary import Summary
from shared.exhibits.kinds import Exhibit, Matrices, Matrix, RunView

UNREADABLE = (KeyError, IndexError, TypeError, ValueError)
"""What a task's `show` raises of a detail that it does not expect."""


def run_views(summary: Summary) -> list[RunView]:
    """The finished runs as a task sees them."""
    return [
        RunView(
            framework=run["framework"],
            cell=run["cell"],
            seed=run["seed"],
            mark=summary.marks[run["framework"], run["cell"]],
            scores=run["scores"],
            detail=run.get("detail") or {},
        )
        for run in summary.records
        if run["status"] == "ok"
    ]


def exhibits(summary: Summary) -> list[Exhibit]:
    """What the task shows of its finished runs, if there are any."""
    views = run_views(summary)
    return summary.task.exhibits(views) if views else []


def matrices(summary: Summary) -> list[Matrix]:
    """The exhibits of which `report.md` has a picture."""
    try:
        return [m for e in exhibits(summary) for m in _matrices(e)]
    except UNREADABLE:
        return []


def _matrices(exhibit: Exhibit) -> list[Matrix]:
    """Those that an exhibit consists of."""
    if isinstance(exhibit, Matrices):
        return list(exhibit.parts.values())
    return [exhibit] if isinstance(exhibit, Matrix) else []
