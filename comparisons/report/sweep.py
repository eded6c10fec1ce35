"""Drawings of a sweep: the metric over the option that was varied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comparisons.analysis.loading import Comparison
from comparisons.analysis.sweeps import Point, Sweep, sweep_of
from comparisons.figures.colors import DASHES, NEUTRAL, color
from comparisons.figures.sweep import DECADE
from comparisons.report.axes import axes, logarithmic, shared_range
from comparisons.report.blocks import Block, Figure, Panel, label, plain
from comparisons.report.multiple import of_one_task


def sweeps_together(parts: list[Comparison]) -> list[Block]:
    """A drawing for each task whose comparisons differ in a number."""
    found = [(same, sweep_of(same)) for _, same in of_one_task(parts)]
    return [over_option(same[0].slug, s) for same, s in found if s is not None]


def over_option(slug: str, sweep: Sweep) -> Figure:
    """A panel a framework, a colour a cell, a dash for what else differs."""
    frameworks = dict.fromkeys(place[0] for place in sweep.lines)
    name = sweep.option.replace("_", " ")
    headings = (
        *("framework", "cell", "with"),
        *(f"{name} {value:g}" for value in sweep.values),
    )
    return Figure(
        name=f"{slug}-over",
        title=f"Test {sweep.metric} over {name}",
        text=(
            "Means over seeds; bars are the range between seeds, dots in "
            "grey the best baseline."
        ),
        panels=tuple(
            Panel(f, [*traces(sweep, f), *baseline(sweep)], layout(sweep))
            for f in frameworks
        ),
        table=plain(
            f"{slug}-over-data",
            f"Test {sweep.metric} at each {name}: mean over seeds",
            headings,
            list(sweep.rows()),
            heads=3,
        ),
    )


def traces(sweep: Sweep, framework: str) -> list[dict[str, Any]]:
    """A line for each cell of a framework, and for what else differs."""
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": label(f"{cell}, {group}" if group else cell),
            "x": [point.value for point in points],
            "y": [point.mean for point in points],
            "error_y": bars(points),
            "line": {
                "color": color(cell),
                "dash": DASHES[sweep.groups.index(group) % len(DASHES)],
                "width": 2,
            },
        }
        for (owner, cell, group), points in sweep.lines.items()
        if owner == framework
    ]


def bars(points: Sequence[Point]) -> dict[str, Any]:
    """From the mean to the least and the greatest seed."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [point.high - point.mean for point in points],
        "arrayminus": [point.mean - point.low for point in points],
    }


def baseline(sweep: Sweep) -> list[dict[str, Any]]:
    """The best baseline at each value, if there is one."""
    if not sweep.baseline:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "best baseline",
            "x": list(sweep.baseline),
            "y": list(sweep.baseline.values()),
            "line": {"color": NEUTRAL, "dash": "dot", "width": 2},
        }
    ]


def layout(sweep: Sweep) -> dict[str, Any]:
    """Axes with the same range of the metric in all panels."""
    found = axes(sweep.option.replace("_", " "), sweep.metric)
    ends = [
        end
        for points in sweep.lines.values()
        for point in points
        for end in (point.low, point.high)
    ]
    found["yaxis"]["range"] = shared_range([*ends, *sweep.baseline.values()])
    low, high = sweep.values[0], sweep.values[-1]
    if low > 0 and high >= DECADE * low:
        found["xaxis"] |= logarithmic(sweep.values)
    return found
