"""The rows that are marked as best, and as not different from the best."""

from functools import partial

from comparisons.analysis.effects.families import effects
from comparisons.analysis.frame import ROW
from comparisons.analysis.rows import Place, mark_best
from comparisons.analysis.statistics import best_name, means
from comparisons.analysis.summary import Summary
from shared.exhibits.names import score_text


def marks(summary: Summary) -> dict[Place, str]:
    """Row -> "*" best, "~" not significantly different, or "".

    "" is significantly different or without a test. Matched frameworks train
    one model, and between them only rounding would choose the best: their rows
    have the marks of the cells.
    """
    return summary.once("marks", lambda: _marks(summary))


def _marks(summary: Summary) -> dict[Place, str]:
    if summary.matched:
        cells = cell_marks(summary)
        return {row.place: cells.get(row.cell, "") for row in summary.rows}
    shown = partial(score_text, summary.task.metric)
    rows = summary.samples(ROW, "metric")
    known = mark_best(rows, summary.task.better, shown)
    return {row.place: known.get(row.place, "") for row in summary.rows}


def cell_marks(summary: Summary) -> dict[str, str]:
    """The marks of cells, by the tests of the page's family.

    Scores that are shown as the same text as the best are best, too.
    """
    average = means(summary.samples("cell", "metric"))
    if not average:
        return {}
    shown = {c: score_text(summary.task.metric, v) for c, v in average.items()}
    best = best_name(average, summary.task.better)
    open_to = {
        effect.second
        for effect in effects(summary)
        if effect.first == best and effect.tested and not effect.settled
    }
    return {
        cell: "*" if text == shown[best] else "~" * (cell in open_to)
        for cell, text in shown.items()
    }


def best_row(summary: Summary) -> Place | None:
    """The row with the best mean among those marked best."""
    best = {
        row.place: row.metric_mean
        for row in summary.rows
        if marks(summary)[row.place] == "*"
    }
    return best_name(best, summary.task.better) if best else None
