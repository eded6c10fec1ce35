"""The static figures that are drawn in several places."""

import math
import textwrap
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from comparisons.figures.axes import limit_axes, set_scales
from comparisons.figures.fonts import drawn
from comparisons.figures.labels import labelled, spread
from comparisons.figures.lines import Line
from comparisons.figures.saving import image, save

DASHES: dict[str, Any] = {
    "dash": "--",
    "dot": ":",
    "dashdot": "-.",
    "longdash": (0, (8, 3)),
    "longdashdot": (0, (8, 3, 1, 3)),
}
"""Dash of Plotly -> line style of Matplotlib, where it has another name."""


NARROW = 8
"""Letters of a label that fits between two panels."""

LETTERS = 11
"""Letters of a title on an inch."""


class ShownFigure(Figure):
    """A figure that a notebook shows, though none of pyplot."""

    def _repr_png_(self) -> bytes:
        return image(self, "png")


def draw_lines(
    panels: Mapping[str, Sequence[Line]],
    labels: tuple[str, str],
    path: Path,
    ticks: Sequence[float] = (),
    log: str = "",
    title: str = "",
    keys: Sequence[Line] = (),
) -> None:
    """Write `lines_figure` to a file."""
    save(lines_figure(panels, labels, ticks, log, title, keys), path)


def lines_figure(
    panels: Mapping[str, Sequence[Line]],
    labels: tuple[str, str],
    ticks: Sequence[float] = (),
    log: str = "",
    title: str = "",
    keys: Sequence[Line] = (),
) -> Figure:
    """Panels by title with one legend; labels: of x and y; log: "x", "y".

    title: what the figure says; keys: further entries of the legend. A line
    with a label at its end is not in the legend.
    """
    # Not one of pyplot, whose backend belongs to a notebook or a script.
    width = 4 * len(panels) + (1.8 if len(panels) > 1 else 4.0)
    figure = ShownFigure(figsize=(width, 3.4), layout="constrained")
    axes = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
    for axis, (name, lines) in zip(axes, panels.items(), strict=True):
        for line in lines:
            draw_line(axis, line)
        shown = "" if keys else drawn(name)
        axis.set(title=shown, xlabel=drawn(labels[0]))
        axis.grid(alpha=0.3)
        set_scales(axis, ticks, log)
    axes[0].set_ylabel(drawn(labels[1]))
    longest = NARROW if len(panels) > 1 else math.inf
    named: set[str] = set()
    for axis, lines in zip(axes, panels.values(), strict=True):
        limit_axes(axis, labels)
        short = [line for line in lines if len(line.label) <= longest]
        named |= write_labels(axis, short)
    write_legend(figure, keys, named)
    if title:
        write_title(figure, title)
    return figure


def write_legend(
    figure: Figure, keys: Sequence[Line], named: Collection[str]
) -> None:
    """One legend below the panels: the keys, or what has no label."""
    names: dict[str, Artist] = {}
    for axis in figure.axes:
        handles, texts = axis.get_legend_handles_labels()
        names |= dict(zip(texts, handles))
    names = {text: h for text, h in names.items() if text not in named}
    if keys:
        names = {
            drawn(key.name): Line2D([], [], **style_of(key)) for key in keys
        }
    if names:
        figure.legend(
            *(list(names.values()), list(names)),
            loc="outside lower center",
            ncols=len(names),
            frameon=False,
        )


def write_title(figure: Figure, title: str) -> None:
    """The figure's message, at its left, in lines that fit its width."""
    text = textwrap.fill(title, int(LETTERS * figure.get_figwidth()))
    figure.suptitle(text, x=0.01, ha="left", weight="bold", size="medium")


def write_labels(axis: Axes, lines: Sequence[Line]) -> set[str]:
    """Names right of the lines' ends; the lines' names."""
    found = labelled(lines)
    ends = [*axis.get_ylim(), *(line.y[-1] for line in found)]
    low, high, *values = axis.yaxis.get_transform().transform(ends)
    heights = [(value - low) / (high - low) for value in values]
    for line, height in zip(found, spread(heights, 0.0, 1.0), strict=True):
        axis.text(
            *(1.01, height, drawn(line.label)),
            transform=axis.transAxes,
            color=line.color,
            va="center",
        )
    return {drawn(line.name) for line in found}


def draw_line(axis: Axes, line: Line) -> None:
    """A line, the band of its range, and circles around its marks."""
    axis.plot(
        line.x,
        line.y,
        label=drawn(line.name),
        marker=line.marker,
        **style_of(line),
    )
    if line.marks:
        axis.plot(*zip(*line.marks), "o", mec=line.color, mfc="none")
    if len(line.low):
        band: dict[str, Any] = {"color": line.color, "alpha": 0.15, "lw": 0}
        axis.fill_between(line.x, line.low, line.high, **band)


def style_of(line: Line) -> dict[str, Any]:
    dash = DASHES.get(line.dash, line.dash)
    return {"color": line.color, "linestyle": dash}
