"""The static figure of a sweep."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from comparisons.analysis.sweeps import Sweep
from comparisons.figures.colors import NEUTRAL, color
from comparisons.figures.matplotlib import Line, draw_lines
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_axis,
    scaled,
)

STYLES = ("-", "--", ":", "-.")


def draw_sweep(sweep: Sweep, path: Path) -> None:
    """A panel per framework: colors by cell, styles for all other options."""
    frameworks = dict.fromkeys(place[0] for place in sweep.lines)
    draw_lines(
        {framework_name(f): list(lines_of(sweep, f)) for f in frameworks},
        (sweep.option_name, f"test {metric_axis(sweep.metric)}"),
        path,
        sweep.values,
        "x" * sweep.logarithmic,
    )


def lines_of(sweep: Sweep, framework: str) -> Iterator[Line]:
    """The lines of a framework with the range of the seeds, the baseline."""
    for (owner, cell, group), points in sweep.lines.items():
        if owner == framework:
            name = cell_name(cell)
            yield Line(
                f"{name}, {group}" if group else name,
                [p.value for p in points],
                [scaled(sweep.metric, p.mean) for p in points],
                color(cell),
                STYLES[sweep.groups.index(group) % len(STYLES)],
                [scaled(sweep.metric, p.low) for p in points],
                [scaled(sweep.metric, p.high) for p in points],
                "o",
            )
    if sweep.baseline:
        values = [scaled(sweep.metric, v) for v in sweep.baseline.values()]
        yield Line("best baseline", list(sweep.baseline), values, NEUTRAL, ":")
