"""Exercise 5.2: a mask from lengths."""

import numpy as np

from shared.exercises.draws import Generator, ragged
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def valid_mask(lengths: Array, steps: int) -> Array:
    return np.arange(steps) < lengths[:, None]


def draw_mask(rng: Generator) -> tuple:
    return ragged(rng, 4, 6), 7


MASK = Exercise(
    number="5.2",
    level=1,
    title="A mask from lengths",
    statement="""\
Compute the mask of a padded batch: true at the valid steps of each sequence,
false past its end. Steps are counted from 0.""",
    arguments={
        "lengths": "(B) length of each sequence",
        "steps": "number of steps T, an int, at least the longest length",
    },
    returns={"mask": "(B, T) true at the valid steps"},
    reference=valid_mask,
    draw=draw_mask,
    mistakes=(
        Mistake(
            "mask off by one, too long: one step past the end is valid too",
            "np.arange(steps) <",
            "np.arange(steps) <=",
        ),
        Mistake(
            "mask off by one, too short: the last valid step is left out",
            "< lengths[:, None]",
            "< lengths[:, None] - 1",
        ),
        Mistake(
            "mask inverted: it is true at the padding",
            "np.arange(steps) <",
            "np.arange(steps) >=",
        ),
        Mistake(
            "padding in front: the valid steps come first",
            "np.arange(steps) <",
            "np.arange(steps)[::-1] <",
        ),
    ),
    hints=(
        "Compare the number of each step with the length of each sequence.",
        "arange(T) has the shape (T); lengths[:, None] has (B, 1): the "
        "comparison broadcasts to (B, T).",
    ),
)
