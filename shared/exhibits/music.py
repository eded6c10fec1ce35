"""Exhibits of piano rolls."""

import numpy as np

from shared.exhibits.kinds import Exhibit, Matrices, Matrix
from shared.exhibits.runs import RunView, one_seed

NOTES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")


def exhibits(runs: list[RunView]) -> list[Exhibit]:
    """The test piece, and the key probabilities of each cell, one seed."""
    first = one_seed(runs, "probs")
    if not first:
        return []
    truth = first[0].details
    parts = {"sounded": _roll("sounded", truth["keys"], truth["sounded"])}
    for run in first:
        probs = run.details["probs"]
        parts[run.cell] = _roll(run.cell, truth["keys"], probs)
    return [
        Matrices(
            name="roll",
            title=_probabilities(first),
            text=(
                f"A piece of the test split, {first[0].framework}: the keys "
                "that sound, and the probability of each by cell."
            ),
            parts=parts,
        )
    ]


def _probabilities(runs: list[RunView]) -> str:
    """What cells expect on average of keys that sound, and of others."""
    sounded = np.array(runs[0].details["sounded"]) > 0
    means = {}
    for run in runs:
        probs = np.array(run.details["probs"])
        means[run.cell] = probs[sounded].mean(), probs[~sounded].mean()
    ranked = sorted(means, key=lambda cell: means[cell][0], reverse=True)
    shown = ", ".join(
        f"{cell} {means[cell][0]:.3f} ({means[cell][1]:.3f})" for cell in ranked
    )
    return f"Mean probability of the keys that sound (of the others): {shown}"


def _roll(name: str, keys: list[int], values: list[list[float]]) -> Matrix:
    """Keys in rows, the highest first; frames in columns."""
    names = [f"{NOTES[(k + 9) % 12]}{(k + 9) // 12}" for k in keys]
    return Matrix(
        name=f"roll-{name}",
        title=name,
        text="",
        row_label="key",
        column_label="frame",
        rows=tuple(names[::-1]),
        columns=tuple(str(n + 2) for n in range(len(values[0]))),
        values=tuple(map(tuple, values[::-1])),
    )
