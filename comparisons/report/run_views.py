"""From records to the exhibits of a task."""

from comparisons.analysis.effects.marks import best_row
from comparisons.analysis.summary import Summary
from shared.exhibits.kinds import Exhibit, Matrices, Matrix
from shared.exhibits.names import cell_name, framework_name
from shared.exhibits.runs import RunView

UNREADABLE = (KeyError, IndexError, TypeError, ValueError)
"""Raised by a task's `exhibits` for details that it does not expect."""


def exhibits(summary: Summary) -> list[Exhibit]:
    """The exhibits of the runs shown, with names as people read them.

    Of the rows marked best, the one with the best mean alone keeps its mark.
    """
    best = best_row(summary)
    views = [
        RunView(
            framework=framework_name(run.framework),
            cell=cell_name(run.cell),
            seed=run.seed,
            mark="*" if run.row == best else "",
            scores=run.scores,
            details=summary.detail(run),
        )
        for run in summary.shown
    ]
    return summary.task.exhibits(views) if views else []


def matrices(summary: Summary) -> list[Matrix]:
    """The exhibits of which `report.md` has a picture."""
    found: list[Matrix] = []
    try:
        for exhibit in exhibits(summary):
            if isinstance(exhibit, Matrices):
                found += exhibit.parts.values()
            elif isinstance(exhibit, Matrix):
                found.append(exhibit)
    except UNREADABLE:
        return []
    return found
