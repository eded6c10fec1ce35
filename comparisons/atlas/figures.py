"""The pictures of an atlas: average ranks, and what a score costs."""

import math
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from comparisons.analysis.effects.effect import LEVEL
from comparisons.atlas.ranks import critical_difference, nemenyi
from comparisons.figures.colors import color
from comparisons.figures.saving import save
from shared.exhibits.names import cell_name, metric_name, scaled

COLUMNS = 4
ARROWS = {"lower": "↓", "higher": "↑"}
COSTS = {"parameters": "parameters", "seconds": "seconds of training"}
"""Column of the table -> the axis on which it is drawn."""


def draw_ranks(ranks: pd.DataFrame, path: Path) -> None:
    """A critical-difference diagram (Demšar 2006, section 3.2.4).

    A bar joins cells whose average ranks do not differ significantly.
    """
    from scikit_posthocs import critical_difference_diagram

    names = {cell: cell_name(cell) for cell in ranks}
    average = ranks.mean().rename(names)
    p = nemenyi(ranks).rename(index=names, columns=names)
    figure = Figure(figsize=(6.4, 1.6 + 0.2 * len(names)))
    axis = figure.subplots()
    critical_difference_diagram(
        average,
        p,
        alpha=LEVEL,
        ax=axis,
        label_fmt_left="{label} ({rank:.2f})",
        label_fmt_right="{label} ({rank:.2f})",
        text_h_margin=0.03,
        color_palette={names[cell]: color(cell) for cell in names},
    )
    axis.set_title(
        f"Average rank over {len(ranks)} tasks, 1 is best; critical "
        f"difference {critical_difference(ranks):.2f}",
        fontsize=10,
    )
    save(figure, path)


def draw_costs(table: pd.DataFrame, cost: str, path: Path) -> None:
    """Test score with its interval over a cost: a panel for each task."""
    groups = list(table.groupby("task", sort=True))
    columns = min(COLUMNS, len(groups))
    rows = math.ceil(len(groups) / columns)
    figure = Figure(figsize=(3.0 * columns, 2.5 * rows), layout="constrained")
    panels = figure.subplots(rows, columns, squeeze=False).ravel()
    for panel, (task, lines) in zip(panels, groups, strict=False):
        draw_panel(panel, str(task), lines, cost)
    for panel in panels[len(groups) :]:
        panel.set_axis_off()
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(
        handles, labels, loc="outside upper center", ncols=len(labels)
    )
    figure.supxlabel(COSTS[cost], fontsize=10)
    save(figure, path)


def draw_panel(panel: Axes, task: str, lines: pd.DataFrame, cost: str) -> None:
    metric, better = lines["metric"].iloc[0], lines["better"].iloc[0]
    for line in lines.itertuples():
        middle, low, high = (
            scaled(metric, value) for value in (line.score, line.low, line.high)
        )
        known = not math.isnan(low)
        panel.errorbar(
            getattr(line, cost),
            middle,
            yerr=[[middle - low], [high - middle]] if known else None,
            fmt="o",
            color=color(line.cell),
            capsize=3,
            label=cell_name(line.cell),
        )
    panel.set_xscale("log")
    panel.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    panel.xaxis.set_major_formatter(thousands)
    panel.xaxis.set_minor_locator(NullLocator())
    panel.ticklabel_format(axis="y", useOffset=False)
    panel.set_title(f"{task}: {metric_name(metric)} {ARROWS[better]}", size=9)
    panel.tick_params(which="both", labelsize=7)
    panel.margins(x=0.15)
    panel.grid(alpha=0.3)


def thousands(value: float, place: float = 0.0) -> str:
    """A number of an axis, as matplotlib passes it: 50k for 50,000."""
    return f"{value / 1000:g}k" if value >= 1000 else f"{value:g}"
