"""The picture of a study: test score over the gap from training to test."""

import math
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from comparisons.figures.colors import NEUTRAL
from comparisons.figures.fonts import drawn
from comparisons.figures.matplotlib import ShownFigure, write_title
from comparisons.figures.saving import save
from comparisons.studies.regularization.results import Study
from comparisons.studies.regularization.rows import Row
from comparisons.studies.regularization.statements import gap_text
from comparisons.studies.regularization.techniques import NONE, TECHNIQUES
from shared.exhibits.names import cell_name, metric, metric_axis, metric_name

SHADES = (
    *("#0072b2", "#56b4e9", "#009e73", "#e69f00", "#d55e00"),
    *("#cc79a7", "#8c564b", "#5b5b9a", "#999900"),
)
MARKERS = "osD^vP*Xp"
STYLES = dict(zip(TECHNIQUES, zip(SHADES, MARKERS, strict=True), strict=True))
"""Technique -> its color and marker, by which it is known without color."""

OTHERS = {0: (NEUTRAL, "x"), 2: ("#000000", "h")}
"""Number of techniques -> color and marker, of none and of two together."""


def draw_gaps(study: Study, path: Path) -> None:
    """A panel per cell, a point per setting, bars for the intervals."""
    width = 3.6 * len(study.cells) + 1.5
    figure = ShownFigure(figsize=(width, 4.2), layout="constrained")
    panels = figure.subplots(1, len(study.cells), squeeze=False)[0]
    names: dict[str, Artist] = {}
    known = metric(study.task.metric)
    for axis, cell in zip(panels, study.cells, strict=True):
        for row in study.rows_of(cell):
            if not math.isnan(row.test.mean):
                names[label(row)] = draw_row(axis, row, known.scale)
        unit = " (points)" if known.unit.strip() == "%" else ""
        axis.set(title=drawn(cell_name(cell)), xlabel=f"gap{unit}")
        axis.grid(alpha=0.3)
        limit(axis, study.rows_of(cell), known.scale)
    panels[0].set_ylabel(drawn(f"test {metric_axis(study.task.metric)}"))
    if names:
        figure.legend(
            *(list(names.values()), list(names)),
            loc="outside lower center",
            ncols=min(5, len(names)),
            frameon=False,
        )
    write_title(figure, gaps_message(study))
    save(figure, path)


def limit(axis: Axes, rows: Sequence[Row], scale: float) -> None:
    """Show all points; a bar may end outside, as one of few seeds does."""
    for letter, name in (("x", "gap"), ("y", "test")):
        estimates = [getattr(row, name) for row in rows]
        means = [scale * one.mean for one in estimates if one.mean == one.mean]
        if not means:
            continue
        halves = [scale * one.half for one in estimates if one.half == one.half]
        room = max(means) - min(means) + abs(median(halves or [0.0])) or 1.0
        limits = min(means) - room, max(means) + room
        axis.set(**{f"{letter}lim": limits})


def label(row: Row) -> str:
    """A technique whatever its strength, which differs by cell."""
    if row.setting == NONE:
        return "none"
    if len(row.setting) > 1:
        return "best two together"
    return TECHNIQUES[row.setting[0][0]].words


def draw_row(axis: Axes, row: Row, scale: float) -> Artist:
    """The point of a setting, with bars; what a legend shows of it."""
    color, marker = OTHERS.get(len(row.setting)) or STYLES[row.setting[0][0]]
    halves = [
        None if math.isnan(one.half) else abs(scale) * one.half
        for one in (row.gap, row.test)
    ]
    axis.errorbar(
        *(scale * row.gap.mean, scale * row.test.mean),
        xerr=halves[0],
        yerr=halves[1],
        color=color,
        alpha=0.35,
        lw=1,
    )
    (point,) = axis.plot(
        *(scale * row.gap.mean, scale * row.test.mean),
        color=color,
        marker=marker,
        linestyle="none",
    )
    return point


def gaps_message(study: Study) -> str:
    """The gap of each cell without a technique, and with its best one."""
    parts = []
    for cell in study.cells:
        rows = study.rows_of(cell)
        best = next((row for row in rows if row.place == 1), None)
        text = f"{cell_name(cell)} {gap_text(study, rows[0])}"
        if best is not None:
            text += f", with {best.name} {gap_text(study, best)}"
        parts.append(text)
    name = metric_name(study.task.metric)
    return f"Gap in {name} from training to test: {'; '.join(parts)}"
