"""Strips of units over a text, and below them what was expected next."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import to_rgb

from comparisons.studies.neurons.colors import INKS, LIKELY, ground, ink, mixed

matplotlib.use("Agg")

WIDTH = 11.0
"""Inches of a row of cells, which hold as many symbols as fit."""

CHARACTER, CELL, ROW = 0.075, 0.08, 0.19
"""Inches of a character, of the rest of a cell, and of a row."""

GAP = 2
"""Rows between two lines of the text: one for the label, one empty."""


def draw(picture: dict[str, Any], path: Path) -> None:
    """A block per line of text: units, then the most probable tokens."""
    marks, likely = picture["marks"], picture["likely"]
    longest = max(len(name) for name in (*marks, *names_of(likely)))
    cell = CELL + CHARACTER * longest
    across = max(1, int(WIDTH / cell))
    depth = max(map(len, likely))
    blocks = range(0, len(marks), across)
    rows = len(blocks) * (len(picture["units"]) + depth + GAP)
    figure, panel = plt.subplots(
        figsize=(WIDTH + 0.3, ROW * (rows + len(legend(picture)) + 3)),
        layout="constrained",
    )
    y = 0
    for first in blocks:
        steps = range(first, min(first + across, len(marks)))
        for values in picture["units"].values():
            row = [(marks[t], ground(values[t]), ink(values[t])) for t in steps]
            draw_row(panel, row, y)
            y += 1
        for place in range(depth):
            row = [expected(*likely[t][place]) for t in steps]
            draw_row(panel, row, y)
            y += 1
        y += GAP - 1
    panel.set(xlim=(0, across), ylim=(y, 0))
    panel.axis("off")
    panel.set_title(
        "\n".join((picture["title"], *legend(picture))),
        fontsize=9,
        loc="left",
        parse_math=False,
    )
    figure.savefig(path, dpi=110)


def legend(picture: dict[str, Any]) -> list[str]:
    units = enumerate(picture["units"], 1)
    return [
        *(f"row {number}: {label}" for number, label in units),
        "blue -1 to red +1; below, in green, the likeliest next symbols",
    ]


def names_of(likely: list[list[tuple[str, float]]]) -> list[str]:
    return [name for row in likely for name, _ in row]


def expected(name: str, share: float) -> tuple[str, str, str]:
    """A predicted token on a background whose green is its probability."""
    return name, mixed(LIKELY, share), INKS[0]


def draw_row(panel: Any, row: list[tuple[str, str, str]], y: int) -> None:
    """Adjacent cells of text, background and text color."""
    colours = np.array([[to_rgb(colour) for _, colour, _ in row]])
    panel.imshow(
        colours, extent=(0, len(row), y + 1, y), aspect="auto", zorder=1
    )
    for x, (text, _, colour) in enumerate(row):
        panel.text(
            x + 0.5,
            y + 0.52,
            text,
            color=colour,
            fontsize=8,
            family="monospace",
            ha="center",
            va="center",
            parse_math=False,
        )


def main() -> None:
    """Draw the picture given on standard input into the named file."""
    draw(json.load(sys.stdin), Path(sys.argv[1]))


if __name__ == "__main__":
    main()
