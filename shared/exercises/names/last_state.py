"""Exercise 4.2: the last valid state."""

import numpy as np

from shared.exercises.draws import Generator, normal, ragged
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def last_state(outputs: Array, lengths: Array) -> Array:
    return outputs[np.arange(len(outputs)), lengths - 1]


def draw_last(rng: Generator) -> tuple:
    return normal(rng, 4, 6, 3), ragged(rng, 4, 6)


LAST_STATE = Exercise(
    number="4.2",
    level=1,
    title="The last valid state",
    statement="""\
Take the hidden state after the last valid step of each sequence of a padded
batch: step `length - 1`, where steps are counted from 0.""",
    arguments={
        "outputs": "(B, T, H) hidden state after each step",
        "lengths": "(B) length of each sequence, at least 2",
    },
    returns={"h": "(B, H) last valid state"},
    reference=last_state,
    draw=draw_last,
    mistakes=(
        Mistake(
            "last state taken at the padding: step T - 1 of every sequence",
            "outputs[np.arange(len(outputs)), lengths - 1]",
            "outputs[:, -1]",
        ),
        Mistake(
            "one step early: the last valid step is length - 1",
            "lengths - 1",
            "lengths - 2",
        ),
        Mistake(
            "one step late: steps are counted from 0",
            "lengths - 1",
            "np.minimum(lengths, outputs.shape[1] - 1)",
        ),
        Mistake(
            "one length for all: that of the shortest sequence",
            "lengths - 1",
            "lengths.min() - 1",
        ),
        Mistake(
            "mean over time: one state is wanted",
            "outputs[np.arange(len(outputs)), lengths - 1]",
            "outputs.mean(axis=1)",
        ),
    ),
    hints=(
        "Each sequence needs a time index of its own, lengths - 1.",
        "Index with two arrays, the row numbers and lengths - 1, or gather "
        "along axis 1.",
    ),
)
