"""Exhibits of language models."""

from __future__ import annotations

import numpy as np

from shared.exhibits.generation import generation_exhibits
from shared.exhibits.kinds import (
    Exhibit,
    Lines,
    RunView,
    Series,
    TextTable,
    runs_of_best_framework,
)


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    written = generation_exhibits(runs)
    known = [
        run
        for run in runs_of_best_framework(runs)
        if "by_position" in run.details
    ]
    if not known:
        return written
    tables = [
        _table(known, name, *words)
        for name, words in TABLES.items()
        if any(name in run.details for run in known)
    ]
    return [*written, _curves(known), *tables]


TABLES = {
    "worst_symbols": (
        "Characters of the highest loss",
        "Of the characters that are a thousandth of the test part or more; "
        "in nats.",
        "character",
    ),
    "by_frequency": (
        "Loss by frequency of the word",
        "By the rank that a word has in training, the most frequent first; "
        "in nats.",
        "rank",
    ),
}
"""Part of the detail -> title, text and first heading of its table."""


def _curves(runs: list[RunView]) -> Lines:
    """Loss of each cell by position, mean over seeds."""
    curves: dict[str, list[list[float]]] = {}
    for run in runs:
        curves.setdefault(run.cell, []).append(run.details["by_position"])
    return Lines(
        name="positions",
        title=f"Loss by position in the window, {runs[0].framework}",
        text=(
            "A model that carries its state over does not begin anew in each "
            "window: its curve is level. Mean over seeds."
        ),
        x_label="position",
        y_label="nats",
        series=tuple(
            Series(cell, tuple(np.mean(own, axis=0).round(4).tolist()))
            for cell, own in curves.items()
        ),
    )


def _table(
    runs: list[RunView], name: str, title: str, text: str, heading: str
) -> TextTable:
    """Loss of each cell on the same tokens, mean over seeds."""
    cells = tuple(dict.fromkeys(run.cell for run in runs))
    losses: dict[tuple[str, int], dict[str, list[float]]] = {}
    for run in runs:
        for item in run.details.get(name, ()):
            row = losses.setdefault((item["of"], item["count"]), {})
            row.setdefault(run.cell, []).append(item["nats"])
    return TextTable(
        name=name.replace("_", "-"),
        title=f"{title}, {runs[0].framework}, mean over seeds",
        text=text,
        headings=(heading, "number", *cells),
        rows=tuple(
            (
                *of,
                *(
                    round(float(np.mean(row[cell])), 4) if cell in row else "-"
                    for cell in cells
                ),
            )
            for of, row in losses.items()
        ),
    )
