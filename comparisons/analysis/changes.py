"""The changes between two comparisons, and their tests.

Runs of one seed are paired. The tests of one measure over all rows are one
family (Holm). Compile time and memory are one number per process, so they
are not tested.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from comparisons.analysis.frame import ROW, Measure, measures
from comparisons.analysis.rows import Place
from comparisons.analysis.setups import Difference, differences
from comparisons.analysis.statistics import (
    NEGLIGIBLE,
    PairedTest,
    compare_pairs,
)
from comparisons.analysis.summary import Summary
from shared.errors import UserError
from shared.exhibits.names import row_name

BETTER, WORSE, SAME = "better", "worse", "unchanged"
OPEN, NO_TEST = "not significant", "no test"


@dataclass(frozen=True)
class Change:
    """One measure of one row, over the seeds of both comparisons.

    p is Holm's p-value of the paired t-test, NaN where there is none; seeds
    is the number of shared ones, where 0 leaves each side its own.
    """

    measure: Measure
    framework: str
    cell: str
    new: float
    old: float
    seeds: int
    p: float

    @property
    def row(self) -> str:
        return row_name(self.framework, self.cell)

    @property
    def texts(self) -> tuple[str, str]:
        return self.measure.text(self.new), self.measure.text(self.old)

    @property
    def difference(self) -> float:
        return self.new - self.old

    @property
    def ratio(self) -> float:
        """New by old."""
        return self.new / self.old if self.old else math.nan

    @property
    def verdict(self) -> str:
        test = PairedTest("new", "old", self.new, self.old, self.p)
        largest = max(abs(self.new), abs(self.old))
        if abs(self.difference) <= NEGLIGIBLE * largest:
            return SAME
        if not test.tested:
            return NO_TEST
        if not test.differ:
            return OPEN
        lower = self.difference < 0
        return BETTER if lower == (self.measure.better == "lower") else WORSE


@dataclass(frozen=True)
class Changes:
    """All differences between a new comparison and an old one.

    statuses: rows whose status changed, with the new and the old status;
    manifest: what differs in the setup of the rows that both have.
    """

    task: str
    changes: tuple[Change, ...]
    statuses: tuple[tuple[Place, str, str], ...]
    only_new: tuple[Place, ...]
    only_old: tuple[Place, ...]
    manifest: tuple[Difference, ...]


def changes(new: Summary, old: Summary) -> Changes:
    """Compare the rows of both; two tasks raise UserError."""
    task, other = new.task.name, old.task.name
    if task != other:
        raise UserError(f"cannot compare two tasks, '{task}' and '{other}'")
    now, before = ({r.place: r.status for r in s.rows} for s in (new, old))
    shared = [row for row in now if row in before]
    statuses = [(row, now[row], before[row]) for row in shared]
    return Changes(
        task=task,
        changes=tuple(
            change
            for measure in measures(new.task)
            for change in measured(measure, shared, new, old)
        ),
        statuses=tuple(s for s in statuses if s[1] != s[2]),
        only_new=tuple(row for row in now if row not in before),
        only_old=tuple(row for row in before if row not in now),
        manifest=tuple(differences(new.records, old.records, shared)),
    )


def measured(
    measure: Measure, rows: list[Place], new: Summary, old: Summary
) -> Iterator[Change]:
    """A measure's change in each row where both sides have a result."""
    sides = [s.samples(ROW, measure.column) for s in (new, old)]
    rows = [row for row in rows if row in sides[0] and row in sides[1]]
    both = {(n, row): side[row] for n, side in enumerate(sides) for row in rows}
    tests = compare_pairs(both, [((0, row), (1, row)) for row in rows])
    for row, test in zip(rows, tests):
        shared = sides[0][row].keys() & sides[1][row].keys()
        now, before = (
            measure.join([side[row][s] for s in shared or side[row]])
            for side in sides
        )
        p = math.nan if measure.untested else test.p
        yield Change(measure, *row, now, before, len(shared), p)
