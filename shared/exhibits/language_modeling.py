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
    cell_means,
    runs_with,
)


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    samples = generation_exhibits(runs)
    known = runs_with(runs, "by_position")
    if not known:
        return samples
    tables = [
        _table(known, name, *words)
        for name, words in TABLES.items()
        if any(name in run.details for run in known)
    ]
    return [*samples, _curves(known), *tables]


TABLES = {
    "worst_symbols": (
        "Characters of the highest loss",
        "Of the characters that make up at least a thousandth of the test "
        "split; in nats.",
        "character",
    ),
    "by_frequency": (
        "Loss by frequency of the word",
        "By the rank of the word in the training split, the most frequent "
        "first; in nats.",
        "rank",
    ),
}
"""Detail -> title, text and first heading of its table."""


def _curves(runs: list[RunView]) -> Lines:
    """Loss of each cell by position, mean over seeds."""
    curves: dict[str, list[list[float]]] = {}
    for run in runs:
        curves.setdefault(run.cell, []).append(run.details["by_position"])
    return Lines(
        name="positions",
        title=f"Loss by position in the window, {runs[0].framework}",
        text=(
            "The curve of a model that carries its state from window to window "
            "is level. Mean over seeds."
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
    return TextTable(
        name=name.replace("_", "-"),
        title=f"{title}, {runs[0].framework}, mean over seeds",
        text=text,
        headings=(heading, "number", *dict.fromkeys(run.cell for run in runs)),
        rows=cell_means(runs, name, "nats"),
    )
