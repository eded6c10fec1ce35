"""Exhibits of piano rolls."""

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
            title=f"A piece of the test split, {first[0].framework}",
            text="The keys that sound, and the probability of each by cell.",
            parts=parts,
        )
    ]


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
