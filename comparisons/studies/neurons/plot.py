"""Strips of units over a text, and the predictions below them."""

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from comparisons.figures.saving import save
from comparisons.studies.neurons.colors import (
    INKS,
    LIKELY,
    background,
    ink,
    mixed,
    visible,
)
from comparisons.studies.neurons.study import Study

DRAWN = 240
"""Tokens in the picture; the other files have all."""

LONGEST = 10
"""Characters of a token in the picture."""

WIDTH = 11.0
"""Inches of a row of cells, which hold as many tokens as fit."""

CHARACTER, PADDING, ROW = 0.075, 0.08, 0.19
"""Inches of a character, around the text of a cell, and of a row."""

GAP = 2
"""Rows between two lines of the text: one for the label, one empty."""

Cells = list[tuple[str, str, str]]
"""Texts with the colors of their backgrounds and of themselves."""


def draw(study: Study, path: Path) -> None:
    """A block per line of text: units, then the most probable tokens."""
    labels = [visible(x)[:LONGEST] for x in study.options.labels[:DRAWN]]
    likely = [
        [(name[:LONGEST], share) for name, share in study.predictions(t)]
        for t in range(len(labels))
    ]
    names = [name for step in likely for name, _ in step]
    cell = PADDING + CHARACTER * max(map(len, (*labels, *names)))
    across, depth = max(1, int(WIDTH / cell)), max(map(len, likely))
    legend = [
        *(study.message(), study.heading()[0]),
        *(f"row {n}: {study.label(u)}" for n, u in enumerate(study.units, 1)),
        "blue -1 to red +1; below, in green, the most probable next tokens",
    ]
    blocks = range(0, len(labels), across)
    rows = len(blocks) * (len(study.units) + depth + GAP)
    size = (WIDTH + 0.3, ROW * (rows + len(legend) + 2))
    figure = Figure(size, layout="constrained")
    panel, y = figure.subplots(), 0
    for first in blocks:
        steps = range(first, min(first + across, len(labels)))
        for unit in study.units:
            strip = study.strip(unit).tolist()
            cells = [(labels[t], strip[t]) for t in steps]
            draw_row(panel, [(n, background(v), ink(v)) for n, v in cells], y)
            y += 1
        for rank in range(depth):
            cells = [likely[t][rank] for t in steps]
            draw_row(
                panel, [(n, mixed(LIKELY, p), INKS[0]) for n, p in cells], y
            )
            y += 1
        y += GAP - 1
    panel.set(xlim=(0, across), ylim=(y, 0))
    panel.axis("off")
    panel.set_title("\n".join(legend), fontsize=9, loc="left")
    save(figure, path)


def draw_row(panel: Any, row: Cells, y: int) -> None:
    colors = np.array([[to_rgb(color) for _, color, _ in row]])
    extent = (0, len(row), y + 1, y)
    panel.imshow(colors, extent=extent, aspect="auto", zorder=1)
    font = {"fontsize": 8, "family": "monospace"}
    for x, (text, _, color) in enumerate(row, 1):
        center = (x - 0.5, y + 0.52)
        panel.text(*center, text, color=color, ha="center", va="center", **font)
