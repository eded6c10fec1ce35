"""The pictures of the study of gradients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np

from comparisons.figures.colors import color
from comparisons.figures.lines import Line
from comparisons.figures.matplotlib import draw_lines, save
from shared.exhibits.names import cell_name, framework_name

if TYPE_CHECKING:
    from comparisons.studies.gradients.result import GradientNorms

STYLES = {"radius 0.5": ":", "radius 1": "--", "radius 1.5": "-."}
"""Weights -> the style of their line; trained ones are drawn through."""

LEVELS = 24


def draw_flows(found: Sequence[GradientNorms], path: Path) -> None:
    """A panel per framework: norms over the distance, logarithmic."""
    panels: dict[str, list[Line]] = {}
    for flow in found:
        panels.setdefault(framework_name(flow.framework), []).append(
            Line(
                f"{cell_name(flow.cell)}, {flow.case}",
                range(len(flow.norms)),
                [norm or np.nan for norm in flow.norms],
                color(flow.cell),
                STYLES.get(flow.case, "-"),
            )
        )
    draw_lines(panels, ("steps before the target", "‖∂loss/∂h‖"), path, log="y")


def draw_surfaces(
    surfaces: Mapping[str, tuple[np.ndarray, np.ndarray]], path: Path
) -> None:
    """A panel per cell: the loss on a plane through the trained weights."""
    figure, panels = plt.subplots(
        1, len(surfaces), figsize=(4.2 * len(surfaces), 3.6), squeeze=False
    )
    for panel, (cell, (places, losses)) in zip(
        panels[0], surfaces.items(), strict=True
    ):
        lines = panel.contourf(places, places, losses, LEVELS, cmap="viridis")
        panel.plot(0, 0, "w+", markersize=12)
        panel.set_title(f"{cell_name(cell)}: loss around the trained weights")
        panel.set_xlabel("one direction")
        panel.set_ylabel("the other")
        figure.colorbar(lines)
    save(figure, path)
