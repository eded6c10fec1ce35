"""Comparisons that differ in one number: their metric over that number."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from comparisons.analysis.frame import ROW
from comparisons.analysis.loading import Comparison
from comparisons.analysis.statistics import mean
from comparisons.records.spec import PARTS
from shared.exhibits.names import cell_name, framework_name, score_text

DECADE = 10

RUN_OPTIONS = ("preset", "init", "precision")


@dataclass(frozen=True)
class Point:
    """One row of one comparison: the mean over seeds, and their range."""

    value: float
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Sweep:
    """A metric over an option, by framework, cell, and other options.

    baseline: the best baseline's score at each value of the option.
    """

    option: str
    metric: str
    better: str
    lines: dict[tuple[str, str, str], list[Point]]
    baseline: dict[float, float]

    @property
    def option_name(self) -> str:
        return self.option.replace("_", " ")

    @property
    def values(self) -> list[float]:
        return sorted({p.value for line in self.lines.values() for p in line})

    @property
    def logarithmic(self) -> bool:
        """Whether the values span so much that their axis is logarithmic."""
        low, high = self.values[0], self.values[-1]
        return low > 0 and high >= DECADE * low

    @property
    def groups(self) -> list[str]:
        """The other options that differ; one empty text if none does."""
        return list(dict.fromkeys(place[2] for place in self.lines))

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Framework, cell, and group, then the mean at each value."""
        for place, points in self.lines.items():
            known = {point.value: point.mean for point in points}
            yield (*place, *(known.get(value) for value in self.values))

    def texts(self) -> Iterator[tuple[str, ...]]:
        """The same as people read them."""
        for framework, cell, group, *values in self.rows():
            shown = (score_text(self.metric, value) for value in values)
            yield (framework_name(framework), cell_name(cell), group, *shown)


def sweep_of(parts: list[Comparison]) -> Sweep | None:
    """The sweep of the parts of one task; None where no number differs."""
    options: list[dict[str, Any]] = []
    names = list(RUN_OPTIONS)
    for part in parts:
        spec, given = part.records[0].spec, part.records[0].overrides
        values = {name: getattr(spec, name) for name in RUN_OPTIONS}
        for kind in PARTS:
            values |= getattr(spec, kind) | getattr(given, kind)
            names += getattr(given, kind)
        options.append(values)
    differ = [
        name
        for name in dict.fromkeys(names)
        if len({str(values.get(name)) for values in options}) > 1
    ]
    numbers = [
        name
        for name in differ
        if all(type(values.get(name)) in (int, float) for values in options)
    ]
    if not numbers:
        return None
    option = max(numbers, key=lambda n: len({values[n] for values in options}))
    others = [name for name in differ if name != option]
    task = parts[0].summary.task
    lines: dict[tuple[str, str, str], list[Point]] = {}
    baseline: dict[float, float] = {}
    for part, values in sorted(
        zip(parts, options, strict=True), key=lambda pair: pair[1][option]
    ):
        group = ", ".join(f"{name} {values.get(name)}" for name in others)
        value = float(values[option])
        for place, runs in part.summary.done.groupby(ROW, sort=False):
            scores = runs["metric"]
            point = Point(value, mean(scores), scores.min(), scores.max())
            lines.setdefault((*place, group), []).append(point)
        if part.summary.baselines:
            baseline[value] = part.summary.best_baseline
    return Sweep(option, task.metric, task.better, lines, baseline)
