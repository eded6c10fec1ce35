"""The map as a heat map: a row for each path, a column for each size."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.colors import TwoSlopeNorm
from matplotlib.figure import Figure

from comparisons.bench.map.table import PathTime, path_times
from comparisons.figures.saving import save
from comparisons.records.measurements import BenchPaths

FASTEST, SLOWEST = 0.5, 4.0
"""Ratios at the ends of the colors."""

COLUMN, ROW = 0.46, 0.2
"""Inches."""


def draw_map(records: Sequence[BenchPaths], path: Path) -> None:
    """A panel for each mode: time relative to the first path, by color."""
    found = path_times(records)
    save(map_figure(found), path)


def map_figure(found: Sequence[PathTime]) -> Figure:
    modes = list(dict.fromkeys(one.record.mode for one in found))
    columns = list(dict.fromkeys(one.sizes for one in found))
    height = 1.6 + ROW * len({one.line for one in found})
    width = 2.4 + COLUMN * len(columns)
    figure = Figure(figsize=(width, height), layout="constrained")
    panels = figure.subplots(len(modes), 1, squeeze=False)[:, 0]
    norm = TwoSlopeNorm(0.0, math.log(FASTEST), math.log(SLOWEST))
    for mode, axes in zip(modes, panels, strict=True):
        own = [one for one in found if one.record.mode == mode]
        lines = list(dict.fromkeys(one.line for one in own))
        values = np.full((len(lines), len(columns)), np.nan)
        for one in own:
            place = lines.index(one.line), columns.index(one.sizes)
            ratio = one.ratio.value if one.ratio else 1.0
            values[place] = math.log(ratio)
            axes.text(
                *place[::-1],
                f"{ratio:.2f}" if one.ratio else f"{1e3 * one.seconds:.3g}",
                ha="center",
                va="center",
                fontsize=6,
                color="black",
            )
        drawn_map = axes.imshow(values, "RdBu_r", norm=norm, aspect="auto")
        axes.set_yticks(range(len(lines)), [name(line) for line in lines])
        axes.set_xticks(range(len(columns)), [sizes(c) for c in columns])
        axes.set_title(mode, loc="left", fontsize=8)
        axes.tick_params(labelsize=6, length=0)
    bar = figure.colorbar(drawn_map, ax=list(panels), shrink=0.5)
    marks = (0.5, 0.71, 1.0, 1.41, 2.0, 4.0)
    bar.set_ticks(
        [math.log(m) for m in marks], labels=[f"{m:g}" for m in marks]
    )
    bar.ax.tick_params(labelsize=6)
    label = "time relative to the first path; that in ms"
    bar.set_label(label, fontsize=7)
    return figure


def name(line: tuple[str, str]) -> str:
    title, path = line
    return f"{title.rpartition(', ')[0]}, {path}"


def sizes(values: tuple[int, ...]) -> str:
    hidden, steps, batch, threads = values
    return f"H {hidden}\nT {steps}\nB {batch}\n{threads} thr."
