"""What became faster or slower since another map."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.console import Console

from comparisons.analysis.statistics import LEVEL, holm
from comparisons.analysis.tables import terminal_table
from comparisons.bench.map.table import HEADS, PathTime, path_times
from comparisons.records.measurements import BenchPaths

SMALL = 0.03
"""Relative change that two commands may differ by on the same code."""


class Change(NamedTuple):
    """A path now and before.

    ratio: time now relative to before, each in units of its own products;
    low, high: the 95 % interval; p: of Welch's test of the logarithms.
    """

    now: PathTime
    ratio: float
    low: float
    high: float
    p: float

    @property
    def settled(self) -> bool:
        return self.p < LEVEL and abs(self.ratio - 1) > SMALL


def changes(
    old: Sequence[BenchPaths], new: Sequence[BenchPaths]
) -> list[Change]:
    """Of the paths that both have; one family of tests (Holm)."""
    before = {(one.line, one.sizes): one for one in path_times(old)}
    found = [
        change(before[one.line, one.sizes], one)
        for one in path_times(new)
        if (one.line, one.sizes) in before
    ]
    adjusted = holm([one.p for one in found])
    return [one._replace(p=p) for one, p in zip(found, adjusted, strict=True)]


def change(before: PathTime, now: PathTime) -> Change:
    # scipy.stats takes a second to import.
    from scipy.stats import ttest_ind

    tested = ttest_ind(relative(now), relative(before), equal_var=False)
    low, high = tested.confidence_interval(1 - LEVEL)
    gap = (low + high) / 2
    ratio, least, most = map(math.exp, (gap, low, high))
    return Change(now, ratio, least, most, float(tested.pvalue))


def relative(one: PathTime) -> list[float]:
    """Logarithms of the times in units of the time of the products."""
    unit = min(one.record.products)
    return [math.log(s / unit) for s in one.record.times[one.path]]


def print_changes(
    old: Sequence[BenchPaths], new: Sequence[BenchPaths], console: Console
) -> None:
    found = changes(old, new)
    console.print(
        f"Against the former map: {sum(one.settled for one in found)} of "
        f"{len(found)} paths changed, relative to their products:"
    )
    heads = ("", *HEADS, "now / before (95 % CI)", "p")
    console.print(terminal_table(heads, list(rows(found)), "llr"))


def rows(found: Sequence[Change]) -> Iterator[tuple[str, ...]]:
    """Of the changes that are settled, the largest first."""
    settled = [one for one in found if one.settled]
    for one in sorted(settled, key=lambda one: -abs(math.log(one.ratio))):
        interval = f"({one.low:.2f} to {one.high:.2f})"
        yield (
            *one.now.line,
            *map(str, one.now.sizes),
            f"{one.ratio:.2f} {interval}",
            f"{one.p:.2g}",
        )
