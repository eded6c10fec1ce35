"""The static figure of a sweep."""

from pathlib import Path

from matplotlib.figure import Figure

from comparisons.analysis.sweeps.sweep import Sweep
from comparisons.figures.lines import sweep_keys, sweep_lines
from comparisons.figures.matplotlib import lines_figure
from comparisons.figures.saving import save
from comparisons.figures.sweep_messages import sweep_message
from shared.exhibits.names import metric_axis


def draw_sweep(sweep: Sweep, path: Path) -> None:
    save(sweep_figure(sweep), path)


def sweep_figure(sweep: Sweep) -> Figure:
    """A panel per framework: lines by cell, dashes by the other options."""
    return lines_figure(
        sweep_lines(sweep),
        (sweep.option_name, f"{sweep.split} {metric_axis(sweep.metric)}"),
        sweep.values,
        "x" * sweep.logarithmic,
        sweep_message(sweep),
        sweep_keys(sweep),
    )
