"""The figures of `report.md`, drawn in a process of their own."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from comparisons.analysis.curves import curves_of
from comparisons.analysis.frame import ROW
from comparisons.analysis.summary import Summary
from comparisons.figures.colors import color
from comparisons.figures.matplotlib import Line, draw_lines, save
from comparisons.report.run_views import matrices
from shared.exhibits.kinds import Matrix
from shared.exhibits.names import cell_name, framework_name, metric_axis


def draw_figures(summary: Summary, folder: Path) -> None:
    """Learning curves, step times, and each matrix among the exhibits."""
    folder.mkdir(exist_ok=True)
    draw_curves(summary, folder / "learning-curves.png")
    draw_speed(summary, folder / "speed.png")
    for matrix in matrices(summary):
        draw_matrix(matrix, folder / f"{matrix.name}.png")


def draw_curves(summary: Summary, path: Path) -> None:
    """Validation metric by epoch: a panel per framework, a line per cell."""
    panels: dict[str, list[Line]] = {
        framework_name(name): [] for name in summary.frameworks
    }
    for (framework, cell), curve in curves_of(summary).items():
        epochs = range(1, len(curve.mean) + 1)
        line = Line(
            *(cell_name(cell), epochs, curve.mean, color(cell)),
            low=curve.low,
            high=curve.high,
        )
        panels[framework_name(framework)].append(line)
    label = f"validation {metric_axis(summary.task.validation_metric)}"
    draw_lines(panels, ("epoch", label), path)


def draw_speed(summary: Summary, path: Path) -> None:
    """Median ms per step with quartiles, by framework and cell."""
    frameworks, cells = summary.frameworks, summary.cells
    timed = summary.epochs.dropna(subset=["step_ms"])
    figure, axis = plt.subplots(figsize=(2 + 2 * len(frameworks), 3.2))
    width = 0.8 / len(cells)
    for (framework, cell), steps in timed.groupby(ROW)["step_ms"]:
        low, middle, high = np.percentile(steps, [25, 50, 75])
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
        shown = dict(zip(names, handles))
        axis.legend(shown.values(), shown.keys())
    save(figure, path)


def draw_matrix(matrix: Matrix, path: Path) -> None:
    """The matrix as colored squares."""
    size = 2.5 + 0.2 * len(matrix.columns), 2.0 + 0.2 * len(matrix.rows)
    figure, axis = plt.subplots(figsize=size)
    shares = np.array(matrix.shares or matrix.values, dtype=float)
    top = 1.0 if matrix.shares else None
    image = axis.imshow(shares, cmap="Blues", vmin=0.0, vmax=top)
    axis.set_xticks(range(len(matrix.columns)), matrix.columns, rotation=90)
    axis.set_yticks(range(len(matrix.rows)), matrix.rows)
    axis.set_xlabel(matrix.column_label)
    axis.set_ylabel(matrix.row_label)
    figure.colorbar(image)
    save(figure, path)
