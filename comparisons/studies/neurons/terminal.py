"""The study of neurons in a terminal: features, strips, what comes next."""

from collections.abc import Iterator

import numpy as np
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from comparisons.analysis.tables import terminal_table
from comparisons.studies.neurons import colors
from comparisons.studies.neurons.features import FEATURES
from comparisons.studies.neurons.study import Study

POSITIONS = 8
"""Positions at which the next tokens are printed, spread evenly."""

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
    colored = bool(console.color_system) and not console.no_color
    if not colored:
        console.print(f"signs below: {colors.LEGEND}\n")
    for unit in study.units:
        console.print(Text(study.label(unit), "bold"))
        values = study.strip(unit)
        for line in strip_lines(
            study.options.labels, values, console.width, colored
        ):
            console.print(line, no_wrap=True, crop=False)
        console.print()
    console.print("the next token, and the entropy of its distribution in nats")
    console.print(next_table(study))


def feature_table(study: Study) -> Table:
    """The best unit for each feature, and what chance reaches."""
    headings = ("feature", "unit", "r", "by chance", "value after each token")
    table = terminal_table(headings, (), "lrrrl")
    for feature, unit, r, chance in study.found.detectors:
        text = FEATURES[feature].text
        table.add_row(feature, str(unit), f"{r:+.2f}", f"{chance:.2f}", text)
    return table


def strip_lines(
    labels: list[str], values: np.ndarray, width: int, colored: bool
) -> Iterator[Text]:
    """A text on the colors of its activations (T,), or above their signs."""
    lines = [(Text(), Text())]
    for label, value in zip(labels, values.tolist(), strict=True):
        shown = colors.visible(label)
        size, used = cell_len(shown), lines[-1][0].cell_len
        if used and used + size > width:
            lines.append((Text(), Text()))
        style = Style(color=colors.ink(value), bgcolor=colors.background(value))
        lines[-1][0].append(shown, style if colored else None)
        lines[-1][1].append(colors.sign(value) * size)
        if "\n" in label:
            lines.append((Text(), Text()))
    for line, signs in lines:
        if line:
            yield from (line,) if colored else (line, signs)


def next_table(study: Study) -> Table:
    """Predictions at a few positions, and the actual next tokens."""
    labels = study.options.labels
    headings = ("step", "after", "most probable next tokens", "next")
    table = terminal_table((*headings, "nats"), (), "rrllr")
    spread = np.linspace(0, len(labels) - 2, min(POSITIONS, len(labels) - 1))
    for t in np.unique(spread.round().astype(int)):
        read = colors.visible("".join(labels[max(0, t + 1 - BEFORE) : t + 1]))
        likely = "  ".join(f"{n} {p:.2f}" for n, p in study.predictions(t))
        actual = colors.stripped(labels[t + 1])
        actual += f" {study.reading.next_probs[t]:.2f}"
        texts = map(Text, (read[-BEFORE:], likely, actual))
        entropy = f"{study.reading.entropy[t]:.2f}"
        table.add_row(str(t + 1), *texts, entropy)
    return table
