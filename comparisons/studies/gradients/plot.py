"""The pictures of the study of gradients."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean

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

SHOWN = ("radius 1", "radius 0.5", "radius 1.5", "trained")
"""Weights of which the title speaks: the first of these that there are."""

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
    labels = ("steps before the target", "‖∂loss/∂h‖")
    draw_lines(panels, labels, path, log="y", title=norms_message(found))


def norms_message(found: Sequence[GradientNorms]) -> str:
    """What is left of each cell's gradient at the first step.

    The mean over frameworks, of the weights that all cells have.
    """
    cases = {one.case for one in found}
    case = next((c for c in SHOWN if c in cases), found[0].case)
    shares: dict[str, list[float]] = {}
    for one in found:
        if one.case == case and one.norms[0]:
            shares.setdefault(one.cell, []).append(one.norms[-1] / one.norms[0])
    parts = [f"{cell_name(c)} {fmean(s):.2g}" for c, s in shares.items()]
    return (
        f"{len(found[0].norms) - 1} steps before the target, the gradient has "
        f"this part of its norm: {', '.join(parts)} ({case})"
    )


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
        title = surface_message(cell, losses)
        panel.set(title=title, xlabel="one direction", ylabel="the other")
        panel.title.set_fontsize(10)
        figure.colorbar(areas)
    save(figure, path)


def surface_message(cell: str, losses: np.ndarray) -> str:
    """The loss at the trained weights, and the highest around them."""
    middle = losses[tuple(size // 2 for size in losses.shape)]
    return (
        f"{cell_name(cell)}: loss {middle:.2g} at the trained weights,\n"
        f"at most {losses.max():.2g} around them"
    )
