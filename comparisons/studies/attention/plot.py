"""Heat maps of attention: a row a sentence, a column a framework."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np

from shared.exhibits.names import framework_name

matplotlib.use("Agg")

SQUARE = 0.32
"""Inches of a weight."""


def draw(shown: dict[str, list[dict[str, Any]]], path: Path) -> None:
    """One panel per source and framework: source across, target down."""
    looks = list(shown.values())
    tall = [max(len(one["written"]) for one in row) for row in zip(*looks)]
    widest = max(len(one["source"]) for one in looks[0])
    size = (
        len(looks) * (widest * SQUARE + 1.6),
        sum(tall) * SQUARE + 1.4 * len(tall) + 0.4,
    )
    figure, panels = plt.subplots(
        len(tall),
        len(looks),
        figsize=size,
        squeeze=False,
        height_ratios=tall,
        layout="constrained",
    )
    for column, (framework, own) in enumerate(shown.items()):
        panels[0, column].set_title(framework_name(framework))
        for row, look in enumerate(own):
            image = heat_map(panels[row, column], look)
    figure.colorbar(image, ax=panels, pad=0.01, shrink=0.6, label="weight")
    figure.savefig(path, dpi=110)
    plt.close(figure)


def heat_map(panel: Any, look: dict[str, Any]) -> Any:
    """One source in one framework; words are escaped from math mode."""
    image = panel.imshow(
        np.array(look["weights"]), cmap="Blues", vmin=0.0, vmax=1.0
    )
    for axis, names in (
        (panel.xaxis, look["source"]),
        (panel.yaxis, look["written"]),
    ):
        axis.set_ticks(range(len(names)), names, fontsize=8, parse_math=False)
    panel.tick_params("x", rotation=90)
    return image


def main() -> None:
    """Draw the picture given on standard input into the named file."""
    draw(json.load(sys.stdin), Path(sys.argv[1]))


if __name__ == "__main__":
    main()
