"""The best checkpoints of a folder, as a command saves them."""

import json

from comparisons.equivalence.case import Case
from comparisons.runs import best_checkpoints
from factories import records as hand_made
from shared.weights.checkpoints import (
    CARD,
    WEIGHTS,
    read_header,
)

CASE = Case("forecaster", "rnn", "values", "native", 1, False, False)
ROW = ("pytorch", "rnn")


def save_best(out, records, keys):
    """Make the folders of the runs with these keys; the failures."""
    typed = hand_made.typed(records)
    return best_checkpoints.save_best(out, typed, keys)


def keep(out, records):
    """Make the folders; the failures."""
    return save_best(out, records, [record["key"] for record in records])


def best(out, row=ROW):
    """Seed and hidden size of what the row's folder holds; None: nothing."""
    folder = out / "best" / "-".join(row)
    if not folder.exists():
        return None
    assert sorted(p.name for p in folder.iterdir()) == [CARD, WEIGHTS]
    card = json.loads((folder / CARD).read_text())
    assert card == read_header(folder / WEIGHTS)
    assert [p.name for p in folder.parent.glob(".*")] == []
    return card["run"]["seed"], card["run"]["model"]["hidden_size"]
