"""The map of paths as tables: times, ratios, exponents."""

import math
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

import numpy as np
from rich.console import Console

from comparisons.analysis.tables import terminal_table
from comparisons.records.measurements import BenchPaths
from shared.exhibits.names import row_name

HEADS = ("path", "H", "T", "B", "threads")
SIZES = ("hidden_size", "steps", "batch_size", "threads")
SYMBOLS = {"hidden_size": "H", "steps": "T", "batch_size": "B"}
"""Size -> its symbol in the exponents."""

TAIL = 0.025
"""Probability beyond each end of an interval."""

LEAST = 2
"""Values of a size from which on it has an exponent."""


class Ratio(NamedTuple):
    """The median of ratios, or of times, by round, and its 95 % interval."""

    value: float
    low: float
    high: float


def ratio_of(times: Sequence[float], first: Sequence[float]) -> Ratio:
    """How many times as long as the first path, in rounds that both have."""
    return middle([a / b for a, b in zip(times, first, strict=True)])


def middle(values: Sequence[float]) -> Ratio:
    """The median of values, one a round, and its interval.

    The interval is that of the sign test, between two of the sorted values: it
    assumes no distribution, and few disturbed rounds do not move it.
    """
    found, place = sorted(values), outer(len(values))
    return Ratio(median(found), found[place], found[-1 - place])


def outer(count: int) -> int:
    """How many values are beyond each end of the interval of a median.

    The most for which the median is there with a probability of at most 2.5 %,
    that of so few successes in `count` trials of probability 1/2.
    """
    below, place = 1, 0
    while below + math.comb(count, place + 1) <= TAIL * 2**count:
        place += 1
        below += math.comb(count, place)
    return place


class PathTime(NamedTuple):
    """A path at one size.

    ratio: its time relative to the first path of its framework, None of that
    path itself.
    """

    record: BenchPaths
    path: str
    ratio: Ratio | None

    @property
    def seconds(self) -> float:
        return median(self.record.times[self.path])

    @property
    def share(self) -> float:
        """The products' part of the time of the step."""
        return min(self.record.products) / self.seconds

    @property
    def title(self) -> str:
        """Framework, cell, and mode, as they are shown."""
        name = row_name(self.record.framework, self.record.cell)
        return f"{name}, {self.record.mode}"

    @property
    def line(self) -> tuple[str, str]:
        """What is one line of the map: all sizes of a path."""
        return self.title, self.path

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(self.record.sizes[name] for name in SIZES)


def path_times(records: Sequence[BenchPaths]) -> list[PathTime]:
    """All paths of these rows."""
    found = []
    for record in records:
        first, *others = record.times.items()
        found.append(PathTime(record, first[0], None))
        found += [
            PathTime(record, path, ratio_of(times, first[1]))
            for path, times in others
        ]
    return found


def print_map(records: Sequence[BenchPaths], console: Console) -> None:
    """A table for each framework, cell, and mode, then the exponents."""
    found = path_times(records)
    heads = (*HEADS, "ms", "times the first", "products", "deviation")
    for title in dict.fromkeys(one.title for one in found):
        own = [row_of(one) for one in found if one.title == title]
        console.print(terminal_table(heads, own, "lr", title))
    columns = ("", "path", *(f"{symbol}^" for symbol in SYMBOLS.values()))
    rows = [row for row in exponent_rows(found) if any(row[2:])]
    if rows:
        title = "Time over each size"
        console.print(terminal_table(columns, rows, "llr", title))
    disturbed = sum(record.disturbed for record in records)
    if disturbed:
        console.print(
            f"*: {disturbed} rows were timed while the machine was under load"
        )


def row_of(one: PathTime) -> tuple[str, ...]:
    mark = "*" * one.record.disturbed
    return (
        one.path,
        *map(str, one.sizes),
        f"{1e3 * one.seconds:.3g}{mark}",
        ratio_text(one.ratio),
        f"{one.share:.0%}",
        f"{one.record.deviations[one.path]:.0e}",
    )


def ratio_text(ratio: Ratio | None) -> str:
    if ratio is None:
        return ""
    return f"{ratio.value:.2f} ({ratio.low:.2f}–{ratio.high:.2f})"


def exponent_rows(found: Sequence[PathTime]) -> Iterator[tuple[str, ...]]:
    """A row for each path: the exponent of each size that varies."""
    for line in dict.fromkeys(one.line for one in found):
        fitted = exponents([one for one in found if one.line == line])
        shown = (fitted.get(symbol) for symbol in SYMBOLS.values())
        yield (*line, *("" if e is None else f"{e:.2f}" for e in shown))


def exponents(found: Sequence[PathTime]) -> dict[str, float]:
    """Symbol -> e of time ~ size^e, by least squares of the logarithms.

    Numbers of threads have a factor of their own each. A size of one value
    has none.
    """
    sizes = [one.record.sizes for one in found]
    varied = {
        symbol: [math.log(size[name]) for size in sizes]
        for name, symbol in SYMBOLS.items()
        if len({size[name] for size in sizes}) >= LEAST
    }
    if not varied:
        return {}
    threads = sorted({size["threads"] for size in sizes})
    factors = [[size["threads"] == n for size in sizes] for n in threads]
    columns = np.array([*varied.values(), *factors], float).T
    times = np.log([one.seconds for one in found])
    solved = np.linalg.lstsq(columns, times, rcond=None)[0]
    return dict(zip(varied, map(float, solved), strict=False))
