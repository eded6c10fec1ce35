"""Kinds of `{claim}` of one framework, or of two folders."""

from collections.abc import Callable

from comparisons.analysis.findings import by_cell
from comparisons.analysis.statistics import mean, means
from comparisons.analysis.summary import Summary
from comparisons.site.course.base import summary
from shared.errors import UserError, unknown


def row_mean(found: Summary, framework: str, cell: str) -> float:
    """The mean test score of a row over its seeds."""
    known = {run.row for run in found.finished}
    if (framework, cell) not in known:
        names = [" ".join(row) for row in known]
        raise UserError(unknown("row", f"{framework} {cell}", names))
    metric = found.task.metric
    return mean(
        run.scores[metric]
        for run in found.finished
        if run.row == (framework, cell)
    )


def row_better(found: Summary, *words: str) -> bool:
    """Whether the first row has a better mean score than the second.

    The words are framework, cell, framework, cell.
    """
    first, second = row_mean(found, *words[:2]), row_mean(found, *words[2:])
    sign = 1.0 if found.task.better == "higher" else -1.0
    return sign * (first - second) > 0


def better_than_in(found: Summary, folder: str, cell: str) -> bool:
    """Whether a cell's mean score is better than in another folder."""
    other = summary(folder)
    scores = [means(by_cell(one)) for one in (found, other)]
    for known in scores:
        if cell not in known:
            raise UserError(unknown("cell", cell, known))
    sign = 1.0 if found.task.better == "higher" else -1.0
    return bool(sign * (scores[0][cell] - scores[1][cell]) > 0)


ROW_CLAIMS: dict[str, Callable[..., bool]] = {
    "row-better": row_better,
    "better-than-in": better_than_in,
}
