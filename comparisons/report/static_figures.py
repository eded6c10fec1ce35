"""The pictures of `report.md`, drawn in a process of their own."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np

from comparisons.analysis.summary import Summary
from comparisons.analysis.timings import step_seconds
from comparisons.figures.colors import color
from comparisons.figures.matplotlib import save
from comparisons.report.run_views import matrices
from shared.exhibits.kinds import Matrix

matplotlib.use("Agg")


def draw_pictures(summary: Summary, folder: Path) -> None:
    """Learning curves, step times, and each matrix that the task shows."""
    folder.mkdir(exist_ok=True)
    learning_curves(summary, folder / "learning-curves.png")
    speed_bars(summary, folder / "speed.png")
    for matrix in matrices(summary):
        draw_matrix(matrix, folder / f"{matrix.name}.png")


def learning_curves(summary: Summary, path: Path) -> None:
    """Validation metric by epoch: a panel a framework, a line a cell."""
    frameworks = list(dict.fromkeys(r["framework"] for r in summary.rows))
    figure, panels = plt.subplots(
        1,
        len(frameworks),
        figsize=(4 * len(frameworks), 3.2),
        sharey=True,
        squeeze=False,
    )
    for panel, framework in zip(panels[0], frameworks):
        for row in summary.rows:
            if row["framework"] == framework:
                curve(panel, summary, framework, row["cell"])
        panel.set_title(framework)
        panel.set_xlabel("epoch")
        panel.grid(alpha=0.3)
    panels[0][0].set_ylabel(f"validation {summary.task.validation_metric}")
    add_legend(list(panels[0]))
    save(figure, path)


def curve(panel: plt.Axes, summary: Summary, framework: str, cell: str) -> None:
    """The mean over seeds, and the range between them as a band."""
    curves = [
        [value_of(epoch) for epoch in run["epochs"]]
        for run in summary.records
        if (run["framework"], run["cell"]) == (framework, cell)
        and run["status"] == "ok"
    ]
    if not curves:
        return
    shortest = min(map(len, curves))
    values = np.array([line[:shortest] for line in curves])
    epochs = np.arange(1, shortest + 1)
    panel.plot(epochs, values.mean(axis=0), color=color(cell), label=cell)
    low, high = values.min(axis=0), values.max(axis=0)
    panel.fill_between(epochs, low, high, color=color(cell), alpha=0.2, lw=0)


def value_of(epoch: dict[str, float | None]) -> float:
    """The validation metric of an epoch, NaN where it has none."""
    value = epoch.get("validation")
    return np.nan if value is None else value


def speed_bars(summary: Summary, path: Path) -> None:
    """Median milliseconds a step with quartiles, by framework and cell."""
    frameworks = list(dict.fromkeys(r["framework"] for r in summary.rows))
    cells = list(dict.fromkeys(r["cell"] for r in summary.rows))
    figure, panel = plt.subplots(figsize=(2 + 2 * len(frameworks), 3.2))
    width = 0.8 / len(cells)
    for place, cell in enumerate(cells):
        for column, framework in enumerate(frameworks):
            steps = [
                1e3 * seconds
                for run in summary.records
                if (run["framework"], run["cell"]) == (framework, cell)
                and run["status"] == "ok"
                for seconds in step_seconds(run)
            ]
            if not steps:
                continue
            low, middle, high = np.percentile(steps, [25, 50, 75])
            panel.bar(
                column + (place - (len(cells) - 1) / 2) * width,
                middle,
                width,
                yerr=[[middle - low], [high - middle]],
                color=color(cell),
                label=cell,
            )
    panel.set_xticks(range(len(frameworks)), frameworks)
    panel.set_ylabel("ms a training step")
    panel.grid(axis="y", alpha=0.3)
    add_legend([panel])
    save(figure, path)


def add_legend(panels: list[plt.Axes]) -> None:
    """A legend on the first panel that has something to name."""
    for panel in panels:
        handles, names = panel.get_legend_handles_labels()
        if names:
            shown = dict(zip(names, handles))
            panel.legend(shown.values(), shown.keys())
            return


def draw_matrix(matrix: Matrix, path: Path) -> None:
    """The matrix as coloured squares."""
    size = 2.5 + 0.2 * len(matrix.columns), 2.0 + 0.2 * len(matrix.rows)
    figure, panel = plt.subplots(figsize=size)
    shares = np.array(matrix.shares or matrix.values, dtype=float)
    top = 1.0 if matrix.shares else None
    image = panel.imshow(shares, cmap="Blues", vmin=0.0, vmax=top)
    panel.set_xticks(range(len(matrix.columns)), matrix.columns, rotation=90)
    panel.set_yticks(range(len(matrix.rows)), matrix.rows)
    panel.set_xlabel(matrix.column_label)
    panel.set_ylabel(matrix.row_label)
    figure.colorbar(image)
    save(figure, path)
