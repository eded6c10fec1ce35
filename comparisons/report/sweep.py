"""Figures of a sweep: the metric over the option that was varied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comparisons.analysis.loading import Comparison
from comparisons.analysis.sweeps import Point, Sweep, sweep_of
from comparisons.figures.colors import DASHES, NEUTRAL, color
from comparisons.report.axes import axes, logarithmic, shared_range
from comparisons.report.blocks import Block, Figure, Panel, label, plain
from comparisons.report.multiple import of_one_task
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_axis,
    metric_name,
    scaled,
)


def sweeps_together(parts: list[Comparison]) -> list[Block]:
    """A figure for each task whose comparisons differ in a number."""
    found = [(same, sweep_of(same)) for _, same in of_one_task(parts)]
    return [over_option(same[0].slug, s) for same, s in found if s is not None]


def over_option(slug: str, sweep: Sweep) -> Figure:
    """A panel per framework, a color per cell, a dash per other option."""
    frameworks = dict.fromkeys(place[0] for place in sweep.lines)
    name, metric = sweep.option_name, metric_name(sweep.metric)
    headings = (
        *("framework", "cell", "with"),
        *(f"{name} {value:g}" for value in sweep.values),
    )
    return Figure(
        name=f"{slug}-over",
        title=f"Test {metric} over {name}",
        text=(
            "Means over seeds; bars: range of the seeds; gray dots: best "
            "baseline."
        ),
        panels=tuple(
            Panel(
                framework_name(f),
                [*traces(sweep, f), *baseline(sweep)],
                layout(sweep),
            )
            for f in frameworks
        ),
        table=plain(
            f"{slug}-over-data",
            f"Test {metric} at each {name}: mean over seeds",
            headings,
            list(sweep.texts()),
            heads=3,
        ),
    )


def traces(sweep: Sweep, framework: str) -> list[dict[str, Any]]:
    """A line for each cell of a framework, and for what else differs."""
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": label(", ".join(filter(None, (cell_name(cell), group)))),
            "x": [point.value for point in points],
            "y": [scaled(sweep.metric, point.mean) for point in points],
            "error_y": bars(sweep.metric, points),
            "line": {
                "color": color(cell),
                "dash": DASHES[sweep.groups.index(group) % len(DASHES)],
                "width": 2,
            },
        }
        for (owner, cell, group), points in sweep.lines.items()
        if owner == framework
    ]


def bars(metric: str, points: Sequence[Point]) -> dict[str, Any]:
    return {
        "type": "data",
        "symmetric": False,
        "array": [scaled(metric, p.high - p.mean) for p in points],
        "arrayminus": [scaled(metric, p.mean - p.low) for p in points],
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
            "y": [scaled(sweep.metric, v) for v in sweep.baseline.values()],
            "line": {"color": NEUTRAL, "dash": "dot", "width": 2},
        }
    ]


def layout(sweep: Sweep) -> dict[str, Any]:
    """Axes with the same range of the metric in all panels."""
    found = axes(sweep.option_name, metric_axis(sweep.metric))
    ends = [
        end
        for points in sweep.lines.values()
        for point in points
        for end in (point.low, point.high)
    ]
    ends += sweep.baseline.values()
    found["yaxis"]["range"] = shared_range(
        scaled(sweep.metric, end) for end in ends
    )
    if sweep.logarithmic:
        found["xaxis"] |= logarithmic(sweep.values)
    return found
