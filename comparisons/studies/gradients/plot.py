"""The pictures of the study of gradients."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from comparisons.figures.colors import color
from comparisons.figures.lines import Line
from comparisons.figures.matplotlib import draw_lines
from comparisons.figures.saving import save
from comparisons.studies.gradients.norms import GradientNorms
from shared.exhibits.names import cell_name, framework_name

DASHES = {"radius 0.5": "dot", "radius 1": "dash", "radius 1.5": "dashdot"}
DASHES |= {"initial": "dash"}
"""Weights -> the dash of their line; that of trained ones is solid."""

LEVELS = 24


def draw_norms(found: Sequence[GradientNorms], path: Path) -> None:
    """A panel per framework: norms over the distance, logarithmic."""
    panels: dict[str, list[Line]] = {}
    for one in found:
        panels.setdefault(framework_name(one.framework), []).append(
            Line(
                f"{cell_name(one.cell)}, {one.case}",
                range(len(one.norms)),
                [norm or np.nan for norm in one.norms],
                color(one.cell),
                DASHES.get(one.case, "solid"),
            )
        )
    draw_lines(panels, ("steps before the target", "‖∂loss/∂h‖"), path, log="y")


def draw_surfaces(
    surfaces: Mapping[str, tuple[np.ndarray, np.ndarray]], path: Path
) -> None:
    """A panel per cell: the loss on a plane through the trained weights."""
    figure = Figure(figsize=(4.2 * len(surfaces), 3.6))
    panels = figure.subplots(1, len(surfaces), squeeze=False)
    for panel, cell in zip(panels[0], surfaces, strict=True):
        offsets, losses = surfaces[cell]
        areas = panel.contourf(*(offsets, offsets, losses), LEVELS)
        panel.plot(0, 0, "w+", markersize=12)
        title = f"{cell_name(cell)}: loss around the trained weights"
        panel.set(title=title, xlabel="one direction", ylabel="the other")
        figure.colorbar(areas)
    save(figure, path)
