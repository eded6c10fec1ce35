"""Exhibits of taggers."""

from shared.exhibits.kinds import Exhibit
from shared.exhibits.mistakes import classifier_exhibits
from shared.exhibits.runs import RunView, means_table, runs_with

TABLES = {
    "entities": (
        "F1 by type",
        "An entity is correct if its span and type are; in parentheses, how "
        "many the test split has.",
        "type",
    ),
    "words": (
        "Accuracy on words seen and unseen",
        "A word is unseen if its exact form is not in the training split.",
        "words",
    ),
}
"""Detail -> title, text and first heading of its table."""


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    tables = [
        means_table(known, name, "score", *words)
        for name, words in TABLES.items()
        if (known := runs_with(runs, name))
    ]
    note = "The word is between brackets in its sentence."
    return [*tables, *classifier_exhibits(runs, "word", note)]
