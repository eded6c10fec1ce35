"""The figures of `report.md`."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from comparisons.analysis.summary import Summary
from comparisons.figures.colors import color
from comparisons.figures.curve_messages import epochs_message
from comparisons.figures.fonts import drawn
from comparisons.figures.lines import learning_curves, step_quantiles
from comparisons.figures.matplotlib import lines_figure, write_title
from comparisons.figures.messages import steps_message
from comparisons.figures.saving import save
from comparisons.report.run_views import matrices
from shared.exhibits.kinds import Matrix
from shared.exhibits.names import cell_name, framework_name, metric_axis

LARGEST, NAME, MARGINS = 40.0, 0.2, 2.0
"""Inches of a side of a picture, of a name along it, and without names."""


def draw_figures(summary: Summary, folder: Path) -> None:
    """Learning curves, step times, and each matrix among the exhibits."""
    if curves := curves_figure(summary):
        save(curves, folder / "learning-curves.png")
    save(speed_figure(summary), folder / "speed.png")
    for matrix in matrices(summary):
        draw_matrix(matrix, folder / f"{matrix.name}.png")


def curves_figure(summary: Summary) -> Figure | None:
    """The validation metric by epoch; None where none is recorded."""
    label = f"validation {metric_axis(summary.task.validation_metric)}"
    panels, keys = learning_curves(summary)
    if not panels:
        return None
    message = epochs_message(summary)
    return lines_figure(panels, ("epoch", label), title=message, keys=keys)


def speed_figure(summary: Summary) -> Figure:
    """Median ms per step with quartiles, by framework and cell."""
    frameworks, cells = summary.frameworks, summary.cells
    found = step_quantiles(summary)
    figure = Figure(figsize=(2 + 2 * len(frameworks), 3.2))
    axis = figure.subplots()
    width = 0.8 / len(cells)
    for (framework, cell), (_, values) in sorted(found.items()):
        low, middle, high = values[1:4]
        place = cells.index(cell) - (len(cells) - 1) / 2
        axis.bar(
            frameworks.index(framework) + place * width,
            middle,
            width,
            yerr=[[middle - low], [high - middle]],
            color=color(cell),
            label=cell_name(cell),
        )
    axis.set_xticks(range(len(frameworks)), map(framework_name, frameworks))
    axis.set_ylabel("ms per training step")
    axis.grid(axis="y", alpha=0.3)
    handles, names = axis.get_legend_handles_labels()
    if names:
        known = dict(zip(names, handles))
        shown = {n: known[n] for n in map(cell_name, cells) if n in known}
        axis.legend(
            *(shown.values(), shown.keys()),
            ncols=len(shown),
            loc="lower right",
            bbox_to_anchor=(1.0, 1.0),
            frameon=False,
        )
        write_title(figure, steps_message(found))
    return figure


def draw_matrix(matrix: Matrix, path: Path) -> None:
    save(matrix_figure(matrix), path)


def matrix_figure(matrix: Matrix, largest: float = LARGEST) -> Figure:
    """A square for each value; a side that is capped has narrower ones.

    largest: inches of a side.
    """
    size = 2.5 + NAME * len(matrix.columns), MARGINS + NAME * len(matrix.rows)
    width, height = (min(side, largest) for side in size)
    figure = Figure(figsize=(width, height))
    axis = figure.subplots()
    shares = np.array(matrix.shares or matrix.values, dtype=float)
    top = 1.0 if matrix.shares else None
    image = axis.imshow(shares, cmap="Blues", vmin=0, vmax=top)
    axis.set_aspect("equal" if (width, height) == size else "auto")
    axis.set_xticks(*ticks(matrix.columns, width), rotation=90)
    axis.set_yticks(*ticks(matrix.rows, height))
    labels = drawn(matrix.column_label), drawn(matrix.row_label)
    axis.set(xlabel=labels[0], ylabel=labels[1])
    figure.colorbar(image)
    return figure


def ticks(names: Sequence[str], side: float) -> tuple[range, list[str]]:
    """Places and labels of all names, or of as many as a side has room for."""
    most = round((side - MARGINS) / NAME)
    places = range(0, len(names), -(-len(names) // most) or 1)
    return places, [drawn(names[place]) for place in places]
