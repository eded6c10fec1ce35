"""Pictures of music: which keys sounded, and which were held likely."""

from __future__ import annotations

from typing import Any

import numpy as np

from shared.exhibits import Exhibit, Matrices, Matrix, RunView, one_seed
from shared.task import Dataset

SHOWN = 48
"""Frames of a test piece that a report draws."""

NOTES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")


def detail(outputs: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """The first test piece: how likely each key was, and what sounded."""
    frames = min(SHOWN, int(np.asarray(dataset.test.lengths)[0]))
    shares = 1.0 / (1.0 + np.exp(-outputs[0, :frames].astype(np.float64)))
    sounded = dataset.test.y[0, :frames] == 1
    used = np.flatnonzero(sounded.any(axis=0))
    keys = np.arange(used.min(), used.max() + 1)
    return {
        "keys": keys.tolist(),
        "sounded": sounded[:, keys].astype(int).T.tolist(),
        "shares": np.round(shares[:, keys], 3).T.tolist(),
    }


def show(runs: list[RunView]) -> list[Exhibit]:
    """The piece beside what each cell held likely, of one seed."""
    first = one_seed(runs, "shares")
    if not first:
        return []
    truth = first[0].detail
    parts = {"sounded": _roll("sounded", truth["keys"], truth["sounded"])}
    for run in first:
        shares = run.detail["shares"]
        parts[run.cell] = _roll(run.cell, truth["keys"], shares)
    return [
        Matrices(
            name="roll",
            title=f"A piece of the test part, {first[0].framework}",
            text="What sounded, and how likely each cell held each key before.",
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
