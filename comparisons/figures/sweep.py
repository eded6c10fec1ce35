"""The static figure of a sweep."""

from pathlib import Path

from comparisons.analysis.sweeps.sweep import Sweep
from comparisons.figures.lines import sweep_keys, sweep_lines
from comparisons.figures.matplotlib import draw_lines
from comparisons.figures.sweep_messages import sweep_message
from shared.exhibits.names import metric_axis


def draw_sweep(sweep: Sweep, path: Path) -> None:
    draw_lines(
        sweep_lines(sweep),
        (sweep.option_name, f"{sweep.split} {metric_axis(sweep.metric)}"),
        path,
        sweep.values,
        "x" * sweep.logarithmic,
        sweep_message(sweep),
        sweep_keys(sweep),
    )
