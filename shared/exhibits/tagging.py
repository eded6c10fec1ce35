"""Exhibits of taggers."""

from __future__ import annotations

import numpy as np

from shared.exhibits.kinds import (
    Exhibit,
    RunView,
    TextTable,
    runs_of_best_framework,
)
from shared.exhibits.mistakes import classifier_exhibits


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    tables = [
        _table(runs, name, title, text)
        for name, (title, text) in TABLES.items()
        if any(name in run.details for run in runs_of_best_framework(runs))
    ]
    note = "The word is in brackets in its sentence."
    return [*tables, *classifier_exhibits(runs, "word", note)]


TABLES = {
    "entities": (
        "F1 by type",
        "An entity is right where its span and its type are; in brackets, how "
        "many the test part has.",
    ),
    "words": (
        "Accuracy on words seen and unseen",
        "A word is unseen where training does not hold it as it is written.",
    ),
}
"""Part of the detail -> title and text of its table."""


def _table(runs: list[RunView], name: str, title: str, text: str) -> TextTable:
    """A score of each cell in the framework of the best row, over seeds."""
    known = [run for run in runs_of_best_framework(runs) if name in run.details]
    cells = tuple(dict.fromkeys(run.cell for run in known))
    scores: dict[tuple[str, int], dict[str, list[float]]] = {}
    for run in known:
        for item in run.details[name]:
            row = scores.setdefault((item["of"], item["count"]), {})
            row.setdefault(run.cell, []).append(item["score"])
    return TextTable(
        name=name,
        title=f"{title}, {known[0].framework}, mean over seeds",
        text=text,
        headings=("words" if name == "words" else "type", "number", *cells),
        rows=tuple(
            (of, count, *(_mean(row.get(cell)) for cell in cells))
            for (of, count), row in scores.items()
        ),
    )


def _mean(values: list[float] | None) -> float | str:
    return round(float(np.mean(values)), 4) if values else "-"
