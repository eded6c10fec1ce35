"""`{claim}`: what the text of a page states, checked by the records."""

from collections.abc import Callable
from typing import Any

from comparisons.analysis.findings import by_cell
from comparisons.analysis.statistics import means
from comparisons.analysis.summary import Summary
from comparisons.site.course.base import CourseRole, summary
from comparisons.site.course.values import BASELINE, effect, effect_against
from shared.errors import UserError, unknown


def better(found: Summary, first: str, second: str) -> bool:
    """Whether the mean score of the first is better."""
    known = means(by_cell(found))
    known[BASELINE] = found.best_baseline
    for name in (first, second):
        if name not in known:
            raise UserError(unknown("cell", name, known))
    sign = 1.0 if found.task.better == "higher" else -1.0
    return bool(sign * (known[first] - known[second]) > 0)


def settled(found: Summary, first: str, second: str) -> bool:
    """Whether the first is better by the test of its page."""
    one = effect(found, first, second)
    return one.settled and one.difference > 0


def unsettled(found: Summary, first: str, second: str) -> bool:
    return not effect(found, first, second).settled


def settled_against(found: Summary, other: str, cell: str) -> bool:
    """Whether a cell is better than in another folder, by a test of its own."""
    one = effect_against(found, other, cell)
    return one.settled and one.difference > 0


def unsettled_against(found: Summary, other: str, cell: str) -> bool:
    return not effect_against(found, other, cell).settled


CLAIMS: dict[str, Callable[..., bool]] = {
    "better": better,
    "settled": settled,
    "unsettled": unsettled,
    "settled-against": settled_against,
    "unsettled-against": unsettled_against,
}
"""What the text of a page may state of two cells."""


class ClaimRole(CourseRole):
    """`{claim}` shows nothing; it fails the build if the records differ.

    The words are a claim, a folder of records, and two cells. It is written
    after a sentence whose words would be wrong otherwise.
    """

    def shown(self, kind: str, folder: str, *words: Any) -> str:
        """Nothing, or UserError."""
        if kind not in CLAIMS:
            raise UserError(unknown("claim", kind, CLAIMS))
        if not CLAIMS[kind](summary(folder), *words):
            raise UserError("the records do not support it")
        return ""
