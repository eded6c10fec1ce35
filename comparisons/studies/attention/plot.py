"""Heat maps of attention: a row a sentence, a column a framework."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from comparisons.figures.fonts import drawn
from comparisons.figures.saving import save
from shared.exhibits.names import framework_name

SQUARE = 0.32
"""Inches of a weight."""


def draw(maps: Mapping[str, list[dict[str, Any]]], path: Path) -> None:
    """One panel per source and framework: source across, target down."""
    columns = list(maps.values())
    heights = [max(len(m["decoded"]) for m in row) for row in zip(*columns)]
    widest = max(len(sentence["source"]) for sentence in columns[0])
    width = len(columns) * (widest * SQUARE + 1.6)
    height = sum(heights) * SQUARE + 1.4 * len(heights) + 0.4
    figure = Figure((width, height), layout="constrained")
    panels = figure.subplots(
        *(len(heights), len(columns)), squeeze=False, height_ratios=heights
    )
    for column, framework in zip(panels.T, maps, strict=True):
        column[0].set_title(framework_name(framework))
        for panel, sentence in zip(column, maps[framework], strict=True):
            weights = np.array(sentence["weights"])
            image = panel.imshow(weights, cmap="Blues", vmin=0.0, vmax=1.0)
            for axis, names in (
                (panel.xaxis, sentence["source"]),
                (panel.yaxis, sentence["decoded"]),
            ):
                shown = list(map(drawn, names))
                axis.set_ticks(range(len(names)), shown, fontsize=8)
            panel.tick_params("x", rotation=90)
    figure.suptitle(message(maps), fontsize=10, wrap=True)
    figure.colorbar(image, ax=panels, pad=0.01, shrink=0.6, label="weight")
    save(figure, path)


def message(maps: Mapping[str, list[dict[str, Any]]]) -> str:
    """How much of the attention a decoded token pays to one source token."""
    means = {
        framework: np.mean(
            [max(row) for sentence in found for row in sentence["weights"]]
        )
        for framework, found in maps.items()
    }
    parts = [f"{framework_name(f)} {mean:.0%}" for f, mean in means.items()]
    return (
        "Mean attention of a decoded token to one source token, the highest: "
        f"{', '.join(parts)}"
    )
