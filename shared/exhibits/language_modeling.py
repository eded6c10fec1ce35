"""Exhibits of language models."""

import numpy as np

from shared.exhibits.generation import generation_exhibits
from shared.exhibits.kinds import Exhibit, Lines, Series
from shared.exhibits.runs import (
    RunView,
    details_by_cell,
    means_table,
    runs_with,
)

TABLES = {
    "worst_tokens": (
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


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    samples = generation_exhibits(runs)
    known = runs_with(runs, "by_position")
    if not known:
        return samples
    curves = Lines(
        name="positions",
        title=_at_the_ends(known),
        text=(
            f"Loss by position in the window, {known[0].framework}. The curve "
            "of a model that carries its state from window to window is level. "
            "Mean over seeds."
        ),
        x_label="position",
        y_label="nats",
        series=tuple(
            Series(cell, tuple(np.mean(losses, axis=0).round(4).tolist()))
            for cell, losses in details_by_cell(known, "by_position").items()
        ),
    )
    tables = [
        means_table(known, name, "nats", *words)
        for name, words in TABLES.items()
        if any(name in run.details for run in known)
    ]
    return [*samples, curves, *tables]


def _at_the_ends(runs: list[RunView]) -> str:
    """The loss of the best cell at the first and at the last position."""
    curves = {
        cell: np.mean(losses, axis=0)
        for cell, losses in details_by_cell(runs, "by_position").items()
    }
    best = min(curves, key=lambda cell: float(np.mean(curves[cell])))
    first, last = curves[best][0], curves[best][-1]
    return (
        f"{best} loses {first:.2f} nats at the first position of a window, "
        f"{last:.2f} at the last"
    )
