"""Exercise 8.4: from frames to labels."""

import numpy as np

from shared.exercises.draws import Generator
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def ctc_collapse(path: Array, blank: int) -> list[int]:
    tokens = path.tolist()
    changes = [k for i, k in enumerate(tokens) if i == 0 or k != tokens[i - 1]]
    return [k for k in changes if k != blank]


def draw_path(rng: Generator) -> tuple:
    path = np.concatenate([[2, 2, 0, 2, 1, 0, 0, 3], rng.integers(0, 4, 8)])
    return path, 0


CTC_COLLAPSE = Exercise(
    number="8.4",
    level=1,
    title="From frames to labels",
    statement="""\
CTC gives a label or a blank to each frame of a signal (Graves et al. 2006).
Turn such a path into its labels: first merge repeated labels, then drop the
blanks. The path a a - a b is a a b.""",
    arguments={
        "path": "(T) label of each frame",
        "blank": "index of the blank, an int",
    },
    returns={"labels": "a list of ints"},
    reference=ctc_collapse,
    draw=draw_path,
    mistakes=(
        Mistake(
            "blanks dropped before repetitions are merged: the blank between "
            "two equal labels keeps them apart",
            "tokens = path.tolist()",
            "tokens = path[path != blank].tolist()",
        ),
        Mistake(
            "repetitions not merged: a label of several frames is one",
            "for k in changes if",
            "for k in tokens if",
        ),
        Mistake(
            "blanks not dropped: they are no labels",
            "for k in changes if k != blank",
            "for k in changes",
        ),
        Mistake(
            "all duplicates removed: a label can occur again later",
            "k for i, k in enumerate(tokens) if i == 0 or k != tokens[i - 1]",
            "k for i, k in enumerate(tokens) if k not in tokens[:i]",
        ),
    ),
    hints=(
        "Compare each frame with the one before.",
        "Keep a frame where it differs from the one before and is no blank.",
    ),
)
