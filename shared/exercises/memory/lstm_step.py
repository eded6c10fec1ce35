"""Exercise 3.1: one step of an LSTM."""

import numpy as np

from shared.exercises.draws import Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.reference.cells import sigmoid
from shared.specs import Array

LSTM_WEIGHTS = {
    "w_ih": "(D, 4H) weights of the input, blocks i f g o",
    "w_hh": "(H, 4H) weights of the state, blocks i f g o",
    "b": "(4H) bias, blocks i f g o",
}


def lstm_step(
    x: Array, h: Array, c: Array, w_ih: Array, w_hh: Array, b: Array
) -> tuple[Array, Array]:
    i, f, g, o = np.split(x @ w_ih + h @ w_hh + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def draw_lstm(rng: Generator) -> tuple:
    states = normal(rng, 2, 4), normal(rng, 2, 4)
    return normal(rng, 2, 3), *states, *layer_weights(rng, 3, 4, gates=4)


LSTM_STEP = Exercise(
    number="3.1",
    level=1,
    title="One step of an LSTM",
    statement="""\
Compute one step of an LSTM (Hochreiter and Schmidhuber 1997; Gers et al. 2000).
The four blocks of x W + h U + b are those of i, f, g and o, in this order; σ is
the logistic function:

    i, f, o = σ(their blocks),  g = tanh(its block)
    c' = f c + i g
    h' = o tanh(c')""",
    arguments={
        "x": "(B, D) input of the step",
        "h": "(B, H) hidden state before the step",
        "c": "(B, H) cell state before the step",
        **LSTM_WEIGHTS,
    },
    returns={"h'": "(B, H) hidden state", "c'": "(B, H) cell state"},
    reference=lstm_step,
    draw=draw_lstm,
    mistakes=(
        Mistake(
            "input and forget gates swapped: the blocks are i f g o",
            "i, f, g, o =",
            "f, i, g, o =",
        ),
        Mistake(
            "candidate and output gate swapped: the blocks are i f g o",
            "i, f, g, o =",
            "i, f, o, g =",
        ),
        Mistake(
            "candidate squashed by σ: g is a tanh",
            "np.tanh(g)",
            "sigmoid(g)",
        ),
        Mistake(
            "no tanh of the cell state: h' is o tanh(c')",
            "np.tanh(c), c",
            "c, c",
        ),
        Mistake("bias lost: b is not added", " + b, 4", ", 4"),
        Mistake(
            "bias doubled: b is added to both products, as if there were two",
            " + b, 4",
            " + 2 * b, 4",
        ),
        Mistake(
            "no forget gate: c is kept whole",
            "sigmoid(f) * c",
            "c",
        ),
        Mistake(
            "no output gate: h' is tanh(c')",
            "sigmoid(o) * np.tanh(c), c",
            "np.tanh(c), c",
        ),
    ),
    hints=(
        "Compute x @ w_ih + h @ w_hh + b once and split it into four blocks.",
        "Three blocks go through σ, the third one, g, through tanh; h' reads "
        "the new cell state.",
    ),
)
