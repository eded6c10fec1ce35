"""Exercise 1.1: one step of a vanilla RNN."""

import numpy as np

from shared.exercises.draws import WEIGHTS, Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def rnn_step(x: Array, h: Array, w_ih: Array, w_hh: Array, b: Array) -> Array:
    return np.tanh(x @ w_ih + h @ w_hh + b)


def draw_step(rng: Generator) -> tuple:
    return normal(rng, 2, 3), normal(rng, 2, 4), *layer_weights(rng, 3, 4)


RNN_STEP = Exercise(
    number="1.1",
    level=1,
    title="One step of a vanilla RNN",
    statement="""\
Compute the next hidden state of a vanilla RNN (Elman 1990):

    h' = tanh(x W + h U + b)

W is w_ih, U is w_hh.""",
    arguments={
        "x": "(B, D) input of the step",
        "h": "(B, H) hidden state before the step",
        **WEIGHTS,
    },
    returns={"h'": "(B, H) hidden state after the step"},
    reference=rnn_step,
    draw=draw_step,
    mistakes=(
        Mistake("bias lost: b is not added", " + b)", ")"),
        Mistake(
            "bias doubled: b is added to both products, as if there were two",
            " + b)",
            " + 2 * b)",
        ),
        Mistake("state ignored: h is not read", " + h @ w_hh", ""),
        Mistake(
            "no tanh: the sum is not squashed",
            "np.tanh(x @ w_ih + h @ w_hh + b)",
            "x @ w_ih + h @ w_hh + b",
        ),
        Mistake("logistic function in place of tanh", "np.tanh(", "sigmoid("),
        Mistake(
            "recurrent matrix transposed: h Uᵀ in place of h U",
            "h @ w_hh",
            "h @ w_hh.T",
        ),
    ),
    hints=(
        "Both products have the shape (B, H), so they can be added.",
        "Multiply from the right, x @ w_ih and h @ w_hh; add b once.",
    ),
)
