"""The study of neurons in a terminal: features, strips, what comes next."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from comparisons.analysis.tables import terminal_table
from comparisons.studies.neurons.colors import (
    LEGEND,
    ground,
    ink,
    named,
    sign,
    visible,
)
from comparisons.studies.neurons.features import SCORES, detectors
from comparisons.studies.neurons.study import Study

POSITIONS = 8
"""Positions at which the next symbols are printed, spread evenly."""

BEFORE = 12
"""Columns of the text before such a position."""


def print_study(study: Study, console: Console) -> None:
    for heading in (*study.heading(), ""):
        console.print(heading, markup=False)
    console.print(feature_table(study))
    if study.found.constant:
        names = ", ".join(study.found.constant)
        console.print(f"the same throughout this text: {names}", markup=False)
    console.print("a correlation on one text is a hint, not a proof\n")
    coloured = bool(console.color_system) and not console.no_color
    if not coloured:
        console.print(f"signs below: {LEGEND}\n")
    for unit in study.units:
        console.print(Text(study.label(unit), "bold"))
        values = study.strip(unit)
        for line in strip(study.asked.marks, values, console.width, coloured):
            console.print(line, no_wrap=True, crop=False)
        console.print()
    console.print("the next symbol, and in nats how open it is", markup=False)
    console.print(next_table(study))


def feature_table(study: Study) -> Table:
    """The best unit for each feature, beside what chance reaches."""
    headings = ("feature", "unit", "r", "by chance", "value after each symbol")
    rows = [
        (
            row.feature,
            str(row.unit),
            f"{row.correlation:+.2f}",
            f"{row.chance:.2f}",
            SCORES[row.feature].words,
        )
        for row in detectors(study.found)
    ]
    return terminal_table(headings, rows, "lrrrl")


def strip(
    marks: list[str], values: np.ndarray, width: int, coloured: bool
) -> Iterator[Text]:
    """A text on the colors of its activations (T,), or above their signs."""
    for steps in folded(marks, width):
        line, signs = Text(), Text()
        for t in steps:
            shown, value = visible(marks[t]), float(values[t])
            style = Style(color=ink(value), bgcolor=ground(value))
            line.append(shown, style if coloured else None)
            signs.append(sign(value) * cell_len(shown))
        yield line
        if not coloured:
            yield signs


def folded(marks: list[str], width: int) -> Iterator[range]:
    """The steps of each line, ended by a line end or the width."""
    first = used = 0
    for t, mark in enumerate(marks):
        size = cell_len(visible(mark))
        if used and used + size > width:
            yield range(first, t)
            first, used = t, 0
        used += size
        if "\n" in mark:
            yield range(first, t + 1)
            first, used = t + 1, 0
    if first < len(marks):
        yield range(first, len(marks))


def next_table(study: Study) -> Table:
    """Predictions at a few positions, and the actual next tokens."""
    marks = study.asked.marks
    headings = ("step", "after", "likeliest, with probabilities", "came")
    table = terminal_table((*headings, "nats"), (), "rrllr")
    spread = np.linspace(0, len(marks) - 2, min(POSITIONS, len(marks) - 1))
    for t in np.unique(spread.round().astype(int)):
        read = visible("".join(marks[max(0, t + 1 - BEFORE) : t + 1]))
        likely = "  ".join(f"{n} {p:.2f}" for n, p in study.expected(t))
        table.add_row(
            str(t + 1),
            Text(read[-BEFORE:]),
            Text(likely),
            Text(f"{named(marks[t + 1])} {study.came(t):.2f}"),
            f"{study.reading.entropy[t]:.2f}",
        )
    return table
