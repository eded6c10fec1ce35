"""Figures of a sweep: the metric over the option that was varied."""

from comparisons.analysis.loading import Comparison
from comparisons.analysis.sweeps import Sweep, sweep_of
from comparisons.figures.lines import sweep_lines
from comparisons.report.blocks import Block, Figure, plain
from comparisons.report.multiple import of_one_task
from comparisons.report.plotly import (
    axes,
    line_panels,
    logarithmic,
    range_of_lines,
)
from shared.exhibits.names import metric_axis, metric_name


def sweep_figures(parts: list[Comparison]) -> list[Block]:
    """A figure for each task whose comparisons differ in a number."""
    found = [(same[0].slug, sweep_of(same)) for same in of_one_task(parts)]
    return [over_option(slug, s) for slug, s in found if s is not None]


def over_option(slug: str, sweep: Sweep) -> Figure:
    """A panel per framework, a color per cell, a dash per other option."""
    name, metric = sweep.option_name, metric_name(sweep.metric)
    panels = sweep_lines(sweep)
    ends = range_of_lines(panels, sweep.metric)
    layout = axes(name, metric_axis(sweep.metric), ends)
    if sweep.logarithmic:
        layout["xaxis"] |= logarithmic(sweep.values)
    headings = ("framework", "cell", "with")
    return Figure(
        name=f"{slug}-over",
        title=f"Test {metric} over {name}",
        text=(
            "Means over seeds; bars: range of the seeds; gray dots: best "
            "baseline."
        ),
        panels=line_panels(panels, layout, bars={}),
        table=plain(
            f"{slug}-over-data",
            f"Test {metric} at each {name}: mean over seeds",
            (*headings, *(f"{name} {value:g}" for value in sweep.values)),
            list(sweep.texts()),
            heads=3,
        ),
    )
