"""Exercise 4.1: one-hot vectors."""

import numpy as np

from shared.exercises.draws import Generator
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def one_hot(tokens: Array, size: int) -> Array:
    return np.eye(size)[tokens]


def draw_one_hot(rng: Generator) -> tuple:
    return rng.integers(0, 6, (2, 4)), 6


ONE_HOT = Exercise(
    number="4.1",
    level=1,
    title="One-hot vectors",
    statement="""\
Represent each character of a batch of names, given by its index in the
vocabulary, as a one-hot vector: 1 at the index, 0 elsewhere.""",
    arguments={
        "tokens": "(B, T) indices from 0 to V - 1",
        "size": "size of the vocabulary V, an int",
    },
    returns={"x": "(B, T, V) one-hot vectors, floats"},
    reference=one_hot,
    draw=draw_one_hot,
    mistakes=(
        Mistake(
            "indices counted from 1: index 0 is the first place",
            "np.eye(size)[tokens]",
            "np.eye(size + 1)[tokens - 1, :size]",
        ),
        Mistake(
            "places in reverse order: index 0 is the first place",
            "np.eye(size)",
            "np.eye(size)[::-1]",
        ),
        Mistake(
            "index 0 left out: its vector is 0, as if it were padding",
            "np.eye(size)[tokens]",
            "np.eye(size)[tokens] * (tokens > 0)[:, :, None]",
        ),
    ),
    hints=(
        "Row k of the identity matrix is the one-hot vector of index k.",
        "All three frameworks have a function `one_hot`.",
    ),
)
