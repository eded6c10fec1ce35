"""Heat maps of every gate and state, units by steps."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from comparisons.figures.fonts import drawn
from comparisons.figures.saving import save
from comparisons.studies.steps.example import GATES, Unrolled
from comparisons.studies.steps.table import direction_of
from comparisons.worker.requests import ENDINGS
from shared.exhibits.names import cell_name
from shared.metrics import probabilities
from shared.specs import step_names
from shared.task import Dataset
from shared.tasks import get_task
from shared.weights.layout import layer_prefixes

UNIT_RANGE = ("viridis", 0.0, 1.0)
"""Colors and range of what lies between 0 and 1."""

OUTPUT_LINES = 6
"""Outputs from which on they are drawn as a map, not as lines."""


def draw(unrolled: Unrolled, dataset: Dataset, path: Path) -> None:
    """A column per layer and direction; the outputs below them."""
    model, labels = unrolled.example.model, unrolled.labels
    names, prefixes = step_names(model.cell), list(layer_prefixes(model))
    classes = list(dataset.metadata.get("classes", ()))
    heights = [1.5] * len(names) + [max(2.0, 0.16 * len(classes))]
    width = max(3.6, 0.3 * len(labels) + 1.2) * len(prefixes)
    figure = Figure((width, sum(heights) + 1), layout="constrained")
    grid = figure.add_gridspec(
        *(len(heights), len(prefixes)), height_ratios=heights
    )
    for column, (prefix, _) in enumerate(prefixes):
        for row, name in enumerate(names):
            panel = figure.add_subplot(grid[row, column])
            values = unrolled.first[prefix + name][0].T  # (H, T)
            heat_map(panel, values, name in GATES)
            panel.set_ylabel(name, rotation=0, labelpad=10)
            panel.set_yticks([])
            label_steps(panel, labels if row == len(names) - 1 else [])
            if row == 0:
                panel.set_title(direction_of(prefix), fontsize=10)
    outputs = unrolled.first[ENDINGS]  # (T, K)
    outputs = probabilities(outputs) if classes else outputs
    panel = figure.add_subplot(grid[-1, :])
    draw_outputs(panel, outputs.T, classes)
    label_steps(panel, labels)
    figure.suptitle(message(unrolled, classes), wrap=True)
    save(figure, path)


def message(unrolled: Unrolled, classes: Sequence[str]) -> str:
    """From when on the class is that of the end, or how the state grows."""
    model, labels = unrolled.example.model, unrolled.labels
    task = get_task(unrolled.run.task).name
    title, steps = f"{task} {cell_name(model.cell)}", len(labels)
    if classes:
        probs = probabilities(unrolled.first[ENDINGS])  # (T, K)
        best = probs.argmax(-1)
        last = int(best[-1])
        others = np.flatnonzero(best != last)
        settled = int(others[-1]) + 2 if len(others) else 1
        return (
            f"{title}: {drawn(classes[last])} is the most probable class "
            f"from step {settled} of {steps} on, {probs[-1, last]:.0%} at "
            "the end"
        )
    prefix = next(layer_prefixes(model))[0]
    sizes = np.abs(unrolled.first[prefix + "h"][0]).mean(-1)  # (T,)
    largest = int(sizes.argmax())
    return (
        f"{title}: mean |h| is {sizes[0]:.2f} after step 1, largest after "
        f"step {largest + 1} of {steps}, {sizes[largest]:.2f}"
    )


def heat_map(panel: Any, values: np.ndarray, bounded: bool) -> None:
    """One quantity, units (H) down and steps (T) across."""
    widest = float(np.abs(values).max()) or 1.0
    colors, low, high = UNIT_RANGE if bounded else ("RdBu_r", -widest, widest)
    style = {"interpolation": "nearest", "aspect": "auto"}
    image = panel.imshow(values, colors, vmin=low, vmax=high, **style)
    panel.figure.colorbar(image, ax=panel, pad=0.02)


def draw_outputs(panel: Any, outputs: np.ndarray, classes: list[str]) -> None:
    """The outputs (K, T) of each prefix of the sequence."""
    if len(outputs) < OUTPUT_LINES:
        for number, line in enumerate(outputs):
            name = drawn(classes[number] if classes else f"output {number}")
            panel.plot(line, marker="o", label=name)
        panel.legend(fontsize=8)
    else:
        heat_map(panel, outputs, bool(classes))
        names = list(map(drawn, classes))
        panel.set_yticks(range(len(classes)), names, fontsize=7)
    panel.set_title("outputs, had the sequence ended here", fontsize=10)


def label_steps(panel: Any, labels: list[str]) -> None:
    rotation = 90 if any(len(label) > 2 for label in labels) else 0
    shown = list(map(drawn, labels))
    panel.set_xticks(range(len(labels)), shown, rotation=rotation)
