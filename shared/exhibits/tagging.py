"""Exhibits of taggers."""

from __future__ import annotations

from shared.exhibits.kinds import (
    Exhibit,
    RunView,
    TextTable,
    cell_means,
    runs_with,
)
from shared.exhibits.mistakes import classifier_exhibits


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    tables = [
        _table(runs, name, title, text)
        for name, (title, text) in TABLES.items()
        if runs_with(runs, name)
    ]
    note = "The word is between brackets in its sentence."
    return [*tables, *classifier_exhibits(runs, "word", note)]


TABLES = {
    "entities": (
        "F1 by type",
        "An entity is correct if its span and type are; in parentheses, how "
        "many the test split has.",
    ),
    "words": (
        "Accuracy on words seen and unseen",
        "A word is unseen if its exact form is not in the training split.",
    ),
}
"""Detail -> title and text of its table."""


def _table(runs: list[RunView], name: str, title: str, text: str) -> TextTable:
    """A score of each cell in the framework of the best row, over seeds."""
    known = runs_with(runs, name)
    cells = dict.fromkeys(run.cell for run in known)
    return TextTable(
        name=name,
        title=f"{title}, {known[0].framework}, mean over seeds",
        text=text,
        headings=("words" if name == "words" else "type", "number", *cells),
        rows=cell_means(known, name, "score"),
    )
