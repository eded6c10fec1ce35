"""Exercise 5.3: an RNN that skips padding."""

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


def masked_rnn(
    x: Array, lengths: Array, w_ih: Array, w_hh: Array, b: Array
) -> Array:
    h = np.zeros((len(x), len(w_hh)))
    outputs = []
    for t in range(x.shape[1]):
        new = np.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        h = np.where((t < lengths)[:, None], new, h)
        outputs.append(h)
    return np.stack(outputs, axis=1)


def draw_masked(rng: Generator) -> tuple:
    return normal(rng, 4, 6, 3), ragged(rng, 4, 6), *layer_weights(rng, 3, 4)


MASKED_RNN = Exercise(
    number="5.3",
    level=2,
    title="An RNN that skips padding",
    statement="""\
Run a vanilla RNN, h_t = tanh(x_t W + h_(t-1) U + b), from a state of zeros over
a padded batch. Past the end of a sequence its state stays as it is: h_t is
h_(t-1) for t >= length, where t is counted from 0.""",
    arguments={
        "x": "(B, T, D) inputs, arbitrary values past the end of a sequence",
        "lengths": "(B) length of each sequence",
        **WEIGHTS,
    },
    returns={"outputs": "(B, T, H) state after each step"},
    reference=masked_rnn,
    draw=draw_masked,
    mistakes=(
        Mistake(
            "mask off by one, too long: the first step of the padding is read",
            "t < lengths",
            "t <= lengths",
        ),
        Mistake(
            "mask off by one, too short: the last valid step is not read",
            "t < lengths",
            "t < lengths - 1",
        ),
        Mistake(
            "no mask: the padding changes the state",
            "np.where((t < lengths)[:, None], new, h)",
            "new",
        ),
        Mistake(
            "state set to 0 past the end: it stays as it is",
            "new, h)",
            "new, 0.0)",
        ),
        Mistake("mask inverted: only the padding is read", "t <", "t >="),
    ),
    hints=(
        "Compute the new state for all sequences, then choose per sequence.",
        "h = where((t < lengths)[:, None], new, h)",
    ),
)
