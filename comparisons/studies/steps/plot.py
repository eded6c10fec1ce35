"""Heat maps of every gate and state, units by steps."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np

matplotlib.use("Agg")

SHARES = ("viridis", 0.0, 1.0)
"""Colours and range of what lies between 0 and 1."""

RANGES = dict.fromkeys("rzifo", SHARES)
"""Quantity -> colours and range; the others may be negative."""

OUTPUT_LINES = 6
"""Outputs from which on they are drawn as a map, not as lines."""


def draw(picture: dict[str, Any], path: Path) -> None:
    """A column per layer and direction; the outputs below them."""
    columns, marks = picture["columns"], picture["marks"]
    quantities = list(columns[0]["panels"])
    wide = max(3.6, 0.3 * len(marks) + 1.2) * len(columns)
    tall = 1.5 * len(quantities) + max(2.0, 0.16 * len(picture["names"])) + 1
    heights = [1.5] * len(quantities) + [tall - 1 - 1.5 * len(quantities)]
    figure = plt.figure(figsize=(wide, tall), layout="constrained")
    grid = figure.add_gridspec(
        len(heights), len(columns), height_ratios=heights
    )
    for place, column in enumerate(columns):
        for row, name in enumerate(quantities):
            panel = figure.add_subplot(grid[row, place])
            heat_map(panel, np.array(column["panels"][name]), RANGES.get(name))
            panel.set_ylabel(name, rotation=0, labelpad=10)
            panel.set_yticks([])
            label_steps(panel, marks if row == len(quantities) - 1 else [])
            if row == 0:
                panel.set_title(column["title"], fontsize=10)
    outputs(figure.add_subplot(grid[-1, :]), picture)
    figure.suptitle(picture["title"])
    figure.savefig(path, dpi=110)


def heat_map(
    panel: Any, values: np.ndarray, chosen: tuple[str, float, float] | None
) -> None:
    """One quantity, units (H) down and steps (T) across."""
    widest = float(np.abs(values).max()) or 1.0
    colours, low, high = chosen or ("RdBu_r", -widest, widest)
    image = panel.imshow(
        values,
        aspect="auto",
        interpolation="nearest",
        cmap=colours,
        vmin=low,
        vmax=high,
    )
    panel.figure.colorbar(image, ax=panel, pad=0.02)


def outputs(panel: Any, picture: dict[str, Any]) -> None:
    """The outputs of each prefix of the sequence."""
    values, names = np.array(picture["outputs"]), picture["names"]
    if len(values) < OUTPUT_LINES:
        for number, line in enumerate(values):
            name = names[number] if names else f"output {number}"
            panel.plot(line, marker="o", label=name)
        panel.legend(fontsize=8)
    else:
        heat_map(panel, values, SHARES if names else None)
        panel.set_yticks(range(len(names)), names, fontsize=7)
    panel.set_title("outputs, had the sequence ended here", fontsize=10)
    label_steps(panel, picture["marks"])


def label_steps(panel: Any, marks: list[str]) -> None:
    turned = 90 if any(len(mark) > 2 for mark in marks) else 0
    panel.set_xticks(
        range(len(marks)), marks, rotation=turned, parse_math=False
    )


def main() -> None:
    """Draw the picture given on standard input into the named file."""
    draw(json.load(sys.stdin), Path(sys.argv[1]))


if __name__ == "__main__":
    main()
