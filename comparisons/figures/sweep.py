"""The picture of a sweep, for who has no browser."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt

from comparisons.analysis.sweeps import Sweep
from comparisons.figures.colors import NEUTRAL, color
from comparisons.figures.matplotlib import legend_beside, save

DECADE = 10
"""Ratio of the option's ends from which on its axis is logarithmic."""

STYLES = ("-", "--", ":", "-.")


def draw_sweep(sweep: Sweep, path: Path) -> None:
    """A panel a framework: lines by cell, styles for what else differs."""
    frameworks = list(dict.fromkeys(place[0] for place in sweep.lines))
    width = 4 * len(frameworks) + 1.8
    figure, panels = plt.subplots(
        1, len(frameworks), figsize=(width, 3.4), sharey=True, squeeze=False
    )
    for panel, framework in zip(panels[0], frameworks, strict=True):
        lines_of(panel, sweep, framework)
        panel.set_title(framework)
        panel.set_xlabel(sweep.option.replace("_", " "))
        panel.grid(alpha=0.3)
        if sweep.values[0] > 0 and sweep.values[-1] >= DECADE * sweep.values[0]:
            panel.set_xscale("log")
        panel.set_xticks(sweep.values, [f"{v:g}" for v in sweep.values])
        panel.minorticks_off()
    panels[0][0].set_ylabel(f"test {sweep.metric}")
    legend_beside(panels[0][-1])
    save(figure, path)


def lines_of(panel: plt.Axes, sweep: Sweep, framework: str) -> None:
    """The lines of a framework with the range between seeds, the baseline."""
    for (owner, cell, group), points in sweep.lines.items():
        if owner != framework:
            continue
        x = [point.value for point in points]
        style = STYLES[sweep.groups.index(group) % len(STYLES)]
        name = f"{cell}, {group}" if group else cell
        middle = [point.mean for point in points]
        panel.plot(x, middle, style, marker="o", color=color(cell), label=name)
        low = [point.low for point in points]
        high = [point.high for point in points]
        panel.fill_between(x, low, high, color=color(cell), alpha=0.15, lw=0)
    if sweep.baseline:
        x, y = list(sweep.baseline), list(sweep.baseline.values())
        panel.plot(x, y, ":", color=NEUTRAL, label="best baseline")
