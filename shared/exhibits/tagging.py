"""Exhibits of taggers."""

from __future__ import annotations

from shared.exhibits.confusion import confusion_exhibits
from shared.exhibits.kinds import (
    Exhibit,
    RunView,
    TextTable,
    best_runs,
    cell_means,
    runs_with,
)
from shared.exhibits.mistakes import mistakes_table


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    best = [run for run in best_runs(runs) if "mistakes" in run.details]
    tables = [
        _table(runs, name, title, text)
        for name, (title, text) in TABLES.items()
        if runs_with(runs, name)
    ]
    text = "The word is between brackets in its sentence."
    mistakes = [mistakes_table(best, "word", text)] if best else []
    return [*tables, *confusion_exhibits(runs, "words"), *mistakes]


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
