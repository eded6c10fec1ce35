"""Exercise 5.4: reverse padded sequences."""

import numpy as np

from shared.exercises.draws import Generator, normal, ragged
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def reverse_padded(x: Array, lengths: Array) -> Array:
    steps = np.arange(x.shape[1])
    ends = lengths[:, None]
    index = np.where(steps < ends, ends - 1 - steps, steps)
    return np.take_along_axis(x, index[:, :, None], axis=1)


def draw_reverse(rng: Generator) -> tuple:
    return normal(rng, 4, 6, 3), ragged(rng, 4, 6)


REVERSE = Exercise(
    number="5.4",
    level=2,
    title="Reverse padded sequences",
    statement="""\
Reverse the valid steps of each sequence and leave the padding where it is. A
backward layer reads sequences in this order, so that it begins with each one's
own last step.""",
    arguments={
        "x": "(B, T, D) inputs",
        "lengths": "(B) length of each sequence",
    },
    returns={"x": "(B, T, D) reversed up to each end"},
    reference=reverse_padded,
    draw=draw_reverse,
    mistakes=(
        Mistake(
            "whole rows reversed: the padding comes first",
            "np.where(steps < ends, ends - 1 - steps, steps)",
            "np.repeat(steps[None, ::-1], len(x), axis=0)",
        ),
        Mistake(
            "off by one: the last valid step stays at its place",
            "np.where(steps < ends, ends - 1 - steps, steps)",
            "np.where(steps < ends - 1, ends - 2 - steps, steps)",
        ),
        Mistake(
            "features reversed: time is the second axis",
            "np.take_along_axis(x, index[:, :, None], axis=1)",
            "x[:, :, ::-1]",
        ),
        Mistake(
            "one length for all: that of the shortest sequence",
            "ends = lengths[:, None]",
            "ends = np.full_like(lengths, lengths.min())[:, None]",
        ),
    ),
    hints=(
        "Which step of x goes to step t? length - 1 - t where t < length.",
        "Build that index, (B, T), and gather along axis 1.",
    ),
)
