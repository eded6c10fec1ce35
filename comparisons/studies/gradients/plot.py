"""The pictures of the study of gradients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib
import matplotlib.pyplot as plt
import numpy as np

from comparisons.figures.colors import color
from comparisons.figures.matplotlib import legend_beside, save

if TYPE_CHECKING:
    from comparisons.studies.gradients.result import GradientNorms

matplotlib.use("Agg")

STYLES = {"radius 0.5": ":", "radius 1": "--", "radius 1.5": "-."}
"""Weights -> the style of their line; trained ones are drawn through."""

LEVELS = 24


def draw_flows(found: Sequence[GradientNorms], path: Path) -> None:
    """One panel per framework: norms over the distance, logarithmic."""
    frameworks = list(dict.fromkeys(flow.framework for flow in found))
    figure, panels = plt.subplots(
        1,
        len(frameworks),
        figsize=(4.2 * len(frameworks) + 1.6, 3.8),
        sharey=True,
        squeeze=False,
    )
    for panel, framework in zip(panels[0], frameworks, strict=True):
        for flow in found:
            if flow.framework == framework:
                panel.semilogy(
                    [norm or np.nan for norm in flow.norms],
                    STYLES.get(flow.case, "-"),
                    color=color(flow.cell),
                    label=f"{flow.cell}, {flow.case}",
                )
        panel.set_title(framework)
        panel.set_xlabel("steps before the target")
        panel.grid(alpha=0.3)
    panels[0][0].set_ylabel("‖∂loss/∂h‖")
    legend_beside(panels[0][-1])
    save(figure, path)


def draw_surfaces(
    surfaces: Mapping[str, tuple[np.ndarray, np.ndarray]], path: Path
) -> None:
    """One panel per cell: the loss on a plane through the weights."""
    figure, panels = plt.subplots(
        1, len(surfaces), figsize=(4.2 * len(surfaces), 3.6), squeeze=False
    )
    for panel, (cell, (places, losses)) in zip(
        panels[0], surfaces.items(), strict=True
    ):
        lines = panel.contourf(places, places, losses, LEVELS, cmap="viridis")
        panel.plot(0, 0, "w+", markersize=12)
        panel.set_title(f"{cell}: loss about the trained weights")
        panel.set_xlabel("one direction")
        panel.set_ylabel("the other")
        figure.colorbar(lines)
    save(figure, path)
