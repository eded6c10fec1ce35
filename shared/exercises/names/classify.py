"""Exercise 4.4: classify padded sequences."""

import numpy as np

from shared.exercises.draws import (
    WEIGHTS,
    Generator,
    layer_weights,
    normal,
    ragged,
)
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def classify(
    x: Array,
    lengths: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_out: Array,
    b_out: Array,
) -> Array:
    h = np.zeros((len(x), len(w_hh)))
    states = []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        states.append(h)
    outputs = np.stack(states, axis=1)
    last = outputs[np.arange(len(x)), lengths - 1]
    return (last @ w_out + b_out).argmax(axis=1)


def draw_classify(rng: Generator) -> tuple:
    x, lengths = normal(rng, 8, 6, 3, scale=2.0), ragged(rng, 8, 6)
    head = normal(rng, 4, 5, scale=3.0), normal(rng, 5, scale=2.0)
    return x, lengths, *layer_weights(rng, 3, 4), *head


CLASSIFY = Exercise(
    number="4.4",
    level=2,
    title="Classify padded sequences",
    statement="""\
Read a padded batch with a vanilla RNN from a state of zeros, take the hidden
state after the last valid step of each sequence, and return the class with the
largest logit:

    h_t = tanh(x_t W + h_(t-1) U + b),   logits = h_last w_out + b_out""",
    arguments={
        "x": "(B, T, D) inputs, arbitrary values past the end of a sequence",
        "lengths": "(B) length of each sequence",
        **WEIGHTS,
        "w_out": "(H, K) weights of the head",
        "b_out": "(K) bias of the head",
    },
    returns={"classes": "(B) index of the most probable class"},
    reference=classify,
    draw=draw_classify,
    mistakes=(
        Mistake(
            "last state taken at the padding: step T - 1 of every sequence",
            "outputs[np.arange(len(x)), lengths - 1]",
            "outputs[:, -1]",
        ),
        Mistake("bias of the head lost: b_out is not added", " + b_out)", ")"),
        Mistake(
            "least probable class: argmin in place of argmax",
            "argmax",
            "argmin",
        ),
        Mistake(
            "one step early: the last valid step is length - 1",
            "lengths - 1",
            "lengths - 2",
        ),
        Mistake(
            "state not passed on: every step begins from zeros",
            "h = np.tanh(x[:, t] @ w_ih + h @ w_hh + b)\n"
            "        states.append(h)",
            "states.append(np.tanh(x[:, t] @ w_ih + b))",
        ),
    ),
    hints=(
        "Exercises 1.4 and 4.2 together.",
        "Stack the states to (B, T, H), pick step lengths - 1, apply the head, "
        "and take the argmax over the classes.",
    ),
)
