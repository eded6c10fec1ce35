"""How long a gate keeps what was written, and how far a gradient reaches."""

import csv
import math
from functools import cache

import numpy as np
from matplotlib.figure import Figure

from comparisons.analysis.tables import markdown_table
from comparisons.figures.colors import color
from comparisons.figures.lines import Line
from comparisons.figures.matplotlib import lines_figure
from comparisons.records.environment import ROOT
from shared.errors import UserError, unknown
from shared.exhibits.names import cell_name
from shared.reference.cells import sigmoid

GRADIENTS = ROOT / "docs" / "echo-gradients" / "gradients.csv"
FRAMEWORK = "pytorch"
"""The one that is drawn: all agree to rounding."""

DASHES = {
    "radius 0.5": "dot",
    "radius 1": "dash",
    "radius 1.5": "dashdot",
    "trained": "solid",
}
BIASES = (0.0, 1.0, 2.0, 3.0, 5.0)
"""First biases of a gate that retains."""

DISTANCES = 60
SHADES = ("#999999", "#56b4e9", "#0072b2", "#009e73", "#d55e00")


@cache
def norms() -> dict[tuple[str, str], list[float]]:
    """Cell and weights -> ‖∂loss/∂h‖ by steps before the target."""
    found: dict[tuple[str, str], list[float]] = {}
    with GRADIENTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["framework"] == FRAMEWORK:
                place = row["cell"], row["weights"]
                found.setdefault(place, []).append(float(row["norm"]))
    return found


def weights_of(name: str) -> str:
    """radius-0.5 in a page -> radius 0.5 in the file; UserError if unknown."""
    known = name.replace("-", " ")
    if known not in DASHES:
        names = [one.replace(" ", "-") for one in DASHES]
        raise UserError(unknown("weights", name, names))
    return known


def gradient_norms(*cells: str) -> Figure:
    """A panel per cell: the norms over the distance, logarithmic."""
    panels = {
        cell_name(cell): [
            Line(name, range(len(values)), values, color(cell), DASHES[name])
            for (owner, name), values in norms().items()
            if owner == cell
        ]
        for cell in cells
    }
    keys = [Line(n, (), (), "#7f7f7f", dash) for n, dash in DASHES.items()]
    labels = ("steps before the target", "‖∂loss/∂h‖")
    figure = lines_figure(panels, labels, log="y", keys=keys)
    for axis, name in zip(figure.axes, panels, strict=True):
        axis.set_title(name)
    return figure


def part_left(cell: str, weights: str, distance: str) -> float:
    """Of the norm, so many steps before the target."""
    values = norms()[cell, weights_of(weights)]
    return values[int(distance)] / values[0]


def share_left(cell: str, weights: str, distance: str) -> str:
    """The same as a text."""
    return scientific(part_left(cell, weights, distance))


def reaches_further(*words: str) -> bool:
    """Whether more is left of the first cell and weights than of the second.

    The words are cell, weights, cell, weights, and a distance.
    """
    cell, weights, other, other_weights, distance = words
    left = part_left(other, other_weights, distance)
    return part_left(cell, weights, distance) > left


def per_step(cell: str, weights: str) -> str:
    """By which factor the norm changes at each step, a geometric mean."""
    values = norms()[cell, weights_of(weights)]
    return f"{(values[-1] / values[0]) ** (1 / (len(values) - 1)):.2f}"


def scientific(value: float) -> str:
    """0.25, 117, 3 × 10⁻⁵."""
    if 0.01 <= value < 1000:
        return f"{value:.{2 if value < 100 else 3}g}"
    digits, power = f"{value:.0e}".split("e")
    signs = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    return f"{digits} × 10{str(int(power)).translate(signs)}"


def product(factor: str, steps: str) -> str:
    """The factor to the power of the steps."""
    return scientific(float(factor) ** int(steps))


def retention() -> Figure:
    """What is left of a cell state by steps, for first biases of its gate."""
    steps = np.arange(DISTANCES + 1)
    lines = [
        Line(
            f"b = {bias:g}",
            steps.tolist(),
            (sigmoid(np.array(bias)) ** steps).tolist(),
            shade,
        )
        for bias, shade in zip(BIASES, SHADES, strict=True)
    ]
    labels = ("steps", "part of c that is left")
    return lines_figure({"": lines}, labels)


def half_life(bias: float) -> float:
    """Steps after which a gate of this bias has kept one half."""
    return math.log(0.5) / math.log(float(sigmoid(np.array(bias))))


def retention_table() -> str:
    """A row per bias: the gate, its half-life, and what is left later."""
    rows = []
    for bias in BIASES:
        gate = float(sigmoid(np.array(bias)))
        left = [scientific(gate**steps) for steps in (10, 50)]
        half = f"{half_life(bias):.1f}"
        rows.append([f"{bias:g}", f"{gate:.3f}", half, *left])
    heads = ["bias", "σ(bias)", "half is left after", "after 10", "after 50"]
    return markdown_table(heads, rows)


FIGURES = {"gradient-norms": gradient_norms, "retention": retention}
TEXTS = {
    "share-left": share_left,
    "per-step": per_step,
    "power": product,
    "retention": retention_table,
}
CHECKS = {"share-left": reaches_further}
