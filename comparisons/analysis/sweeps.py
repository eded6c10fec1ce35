"""Comparisons that differ in one number: their metric over that number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from comparisons.analysis.frame import ROW
from comparisons.analysis.loading import Comparison
from comparisons.analysis.statistics import mean
from comparisons.analysis.summary import best_value
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
        """The values of the option, in order."""
        found = {p.value for points in self.lines.values() for p in points}
        return sorted(found)

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
        for framework, cell, group, *means in self.rows():
            shown = (score_text(self.metric, value) for value in means)
            names = framework_name(framework), cell_name(cell), group
            yield (*names, *shown)


def sweep_of(parts: list[Comparison]) -> Sweep | None:
    """The sweep of the parts of one task; None where no number differs."""
    settings = [settings_of(part) for part in parts]
    names = dict.fromkeys(name for part in parts for name in given_in(part))
    differ = [n for n in names if len({str(s.get(n)) for s in settings}) > 1]
    numbers = [n for n in differ if all(is_number(s.get(n)) for s in settings)]
    if not numbers:
        return None
    option = max(numbers, key=lambda n: len({own[n] for own in settings}))
    others = [name for name in differ if name != option]
    task = parts[0].summary.task
    lines: dict[tuple[str, str, str], list[Point]] = {}
    baseline: dict[float, float] = {}
    for part, own in sorted(
        zip(parts, settings, strict=True), key=lambda pair: pair[1][option]
    ):
        group = ", ".join(f"{name} {own.get(name)}" for name in others)
        value = float(own[option])
        for place, runs in part.summary.done.groupby(ROW, sort=False):
            scores = runs["metric"].to_numpy()
            found = Point(value, mean(scores), scores.min(), scores.max())
            lines.setdefault((*place, group), []).append(found)
        beside = part.summary.baselines.values()
        known = [mean(list(by_seed.values())) for by_seed in beside]
        if known:
            baseline[value] = best_value(known, task.better)
    return Sweep(option, task.metric, task.better, lines, baseline)


def given_in(part: Comparison) -> Iterator[str]:
    """The options of a comparison that its preset does not give."""
    yield from RUN_OPTIONS
    for kind in PARTS:
        yield from getattr(part.records[0].overrides, kind)


def settings_of(part: Comparison) -> dict[str, Any]:
    """Every option of a comparison by its name."""
    record = part.records[0]
    found = {name: getattr(record.spec, name) for name in RUN_OPTIONS}
    for kind in PARTS:
        found |= getattr(record.spec, kind) | getattr(record.overrides, kind)
    return found


def is_number(value: Any) -> bool:
    """Whether this is a number, not a truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool)
