"""A metric over an option."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from comparisons.analysis.statistics import mean
from comparisons.analysis.sweeps.folders import in_order
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    score_text,
)

DECADE = 10

TEST, VALIDATION = "test", "validation"

CHOSEN = ("model", "train")
"""Parts of a spec whose values one chooses by their scores."""


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

    split: VALIDATION where the options invite a choice, so that the test split
    takes no part in it; TEST where they are of the data, and each value is
    another problem; other: the only other option, "" if none or several;
    baseline: the best baseline's test score at each value of the option.
    """

    option: str
    metric: str
    better: str
    lines: dict[tuple[str, str, str], list[Point]]
    baseline: dict[float, float]
    split: str = TEST
    other: str = ""

    @property
    def title(self) -> str:
        """Validation accuracy over learning rate."""
        name = f"{self.split} {metric_name(self.metric)}"
        return f"{name[0].upper()}{name[1:]} over {self.option_name}"

    @property
    def option_name(self) -> str:
        return self.option.replace("_", " ")

    @property
    def values(self) -> list[float]:
        return sorted({p.value for line in self.lines.values() for p in line})

    @property
    def varied(self) -> bool:
        """Whether the option alone differs anywhere, the others being equal."""
        return any(len({p.value for p in x}) > 1 for x in self.lines.values())

    @property
    def logarithmic(self) -> bool:
        """Whether the values span so much that their axis is logarithmic."""
        low, high = self.values[0], self.values[-1]
        return low > 0 and high >= DECADE * low

    @property
    def groups(self) -> list[str]:
        """The other options that differ; one empty text if none does."""
        return in_order(dict.fromkeys(place[2] for place in self.lines))

    def maps(self) -> dict[str, list[list[float]]]:
        """Cell -> a row for each group, a column for each value.

        The mean over frameworks; NaN where there is no comparison.
        """
        found: dict[tuple[str, str, float], list[float]] = {}
        for (_, cell, group), points in self.lines.items():
            for point in points:
                found.setdefault((cell, group, point.value), []).append(
                    point.mean
                )
        return {
            cell: [
                [mean(found.get((cell, group, v), ())) for v in self.values]
                for group in self.groups
            ]
            for cell in dict.fromkeys(place[1] for place in self.lines)
        }

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
