"""The static figures that are drawn in several places."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogFormatter, MaxNLocator

from comparisons.figures.fonts import drawn
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


MARGIN = 1.5
"""How far the axis of a percentage reaches beyond 0 and 100."""

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Powers(LogFormatter):
    """Ticks such as 10⁻² and 3×10⁻²; Matplotlib writes them as mathematics."""

    def __call__(self, value: float, place: int | None = None) -> str:
        """The tick's label, "" for one that stays without."""
        if not super().__call__(value, place):
            return ""
        digits, exponent = f"{value:.3e}".split("e")
        power = f"10{str(int(exponent)).translate(SUPERSCRIPTS)}"
        factor = f"{float(digits):g}"
        return power if factor == "1" else f"{factor}×{power}"


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
) -> None:
    """Write `lines_figure` to a file."""
    save(lines_figure(panels, labels, ticks, log), path)


def lines_figure(
    panels: Mapping[str, Sequence[Line]],
    labels: tuple[str, str],
    ticks: Sequence[float] = (),
    log: str = "",
) -> Figure:
    """Panels by title with one legend; labels: of x and y; log: "x", "y"."""
    # Not one of pyplot, whose backend belongs to a notebook or a script.
    figure = ShownFigure(figsize=(4 * len(panels) + 1.8, 3.4))
    axes = figure.subplots(1, len(panels), sharey=True, squeeze=False)
    for axis, (title, lines) in zip(axes[0], panels.items(), strict=True):
        for line in lines:
            draw_line(axis, line)
        axis.set(title=drawn(title), xlabel=drawn(labels[0]))
        axis.grid(alpha=0.3)
        limit_axes(axis, labels)
        for letter in log:
            axis.set(**{f"{letter}scale": "log"})
            ticks_of = getattr(axis, f"{letter}axis")
            ticks_of.set_major_formatter(Powers())
            ticks_of.set_minor_formatter(Powers(minor_thresholds=(1, 0.4)))
        if ticks:
            axis.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
            axis.minorticks_off()
    axes[0][0].set_ylabel(drawn(labels[1]))
    names: dict[str, object] = {}
    for axis in axes[0]:
        handles, texts = axis.get_legend_handles_labels()
        names |= dict(zip(texts, handles))
    if names:
        place = {"loc": "center left", "bbox_to_anchor": (1.02, 0.5)}
        axes[0][-1].legend(names.values(), names.keys(), **place)
    return figure


def limit_axes(axis: Axes, labels: tuple[str, str]) -> None:
    """Ticks at whole epochs alone; percentages end near 0 and 100."""
    if labels[0] == "epoch":
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    if labels[1].endswith("%"):
        low, high = axis.get_ylim()
        axis.set_ylim(max(low, -MARGIN), min(high, 100 + MARGIN))


def draw_line(axis: Axes, line: Line) -> None:
    """A line, the band of its range, and circles around its marks."""
    style = {"color": line.color, "linestyle": DASHES.get(line.dash, line.dash)}
    axis.plot(
        line.x, line.y, label=drawn(line.name), marker=line.marker, **style
    )
    axis.plot(*zip(*line.marks), "o", mec=line.color, mfc="none")
    if len(line.low):
        band: dict[str, Any] = {"color": line.color, "alpha": 0.15, "lw": 0}
        axis.fill_between(line.x, line.low, line.high, **band)
