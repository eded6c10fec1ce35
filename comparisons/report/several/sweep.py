"""Figures of a sweep: the metric over the option that was varied."""

from comparisons.analysis.loading import Comparison
from comparisons.analysis.sweeps.reading import sweep_of
from comparisons.analysis.sweeps.sweep import TEST, VALIDATION, Sweep
from comparisons.figures.lines import sweep_keys, sweep_lines
from comparisons.figures.sweep_messages import map_message, sweep_message
from comparisons.report.blocks import Block, Figure, legend_of
from comparisons.report.plotly.axes import axes, logarithmic, range_of_lines
from comparisons.report.plotly.panels import line_panels
from comparisons.report.plotly.traces import Panel, heat
from comparisons.report.several.joint import of_one_task
from comparisons.report.several.switches import switch_map
from comparisons.report.tables import plain
from shared.exhibits.names import (
    cell_name,
    metric_axis,
    score_text,
)


def sweep_figures(parts: list[Comparison]) -> list[Block]:
    """Figures for each task whose comparisons differ in a number.

    The curve, and a map where two options differ; none where another option
    differs whenever the number does, as a preset that is larger.
    """
    found: list[Block] = []
    for same in of_one_task(parts):
        sweep, slug = sweep_of(same), same[0].slug
        if sweep is None:
            found += switch_map(same)
        elif sweep.varied:
            found += (over_option(slug, sweep), *heat_map(slug, sweep))
    return found


MEANING = {
    TEST: "Gray dots: best baseline.",
    VALIDATION: (
        "Scores on the validation split: a value chosen by test scores would "
        "make the test score of the choice too good."
    ),
}


def over_option(slug: str, sweep: Sweep) -> Figure:
    """A panel per framework, a color per cell, a dash per other option."""
    name = sweep.option_name
    panels = sweep_lines(sweep)
    ends = range_of_lines(panels, sweep.metric)
    layout = axes(name, metric_axis(sweep.metric), ends)
    if sweep.logarithmic:
        layout["xaxis"] |= logarithmic(sweep.values)
    headings = ("framework", "cell", "with")
    return Figure(
        name=f"{slug}-over",
        title=sweep_message(sweep),
        text=(
            f"{sweep.title}: means over seeds; bars: their range. "
            f"{MEANING[sweep.split]}"
        ),
        panels=line_panels(panels, layout, bars={}),
        legend=legend_of(sweep_keys(sweep)),
        table=plain(
            f"{slug}-over-data",
            f"{sweep.title}: mean over seeds",
            (*headings, *(f"{name} {value:g}" for value in sweep.values)),
            list(sweep.texts()),
            heads=3,
        ),
    )


def heat_map(slug: str, sweep: Sweep) -> list[Figure]:
    """A panel per cell: columns by the option, rows by the other one."""
    if not sweep.other:
        return []
    columns = [f"{value:g}" for value in sweep.values]
    rows = [group.removeprefix(f"{sweep.other} ") for group in sweep.groups]
    other = sweep.other
    layout = axes(sweep.option_name, other)
    for axis in ("xaxis", "yaxis"):
        layout[axis] |= {"type": "category", "showgrid": False}
    maps = sweep.maps()
    measure = sweep.metric, sweep.better
    panels = tuple(
        Panel(cell_name(cell), [heat(measure, (columns, rows), values)], layout)
        for cell, values in maps.items()
    )
    lines = [
        (cell_name(cell), row, *(score_text(sweep.metric, v) for v in scores))
        for cell, values in maps.items()
        for row, scores in zip(rows, values, strict=True)
    ]
    return [
        Figure(
            name=f"{slug}-map",
            title=map_message(sweep),
            text=(
                f"{sweep.title} and {other}: means over frameworks and seeds; "
                "the stronger the color, the better."
            ),
            panels=panels,
            table=plain(
                f"{slug}-map-data",
                f"{sweep.title} and {other}: mean over frameworks and seeds",
                ("cell", other, *columns),
                lines,
                heads=2,
            ),
        )
    ]
