"""Exercise 3.5: a whole LSTM layer."""

import numpy as np

from shared.exercises.draws import Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.exercises.memory.lstm_step import LSTM_WEIGHTS, lstm_step
from shared.specs import Array


def lstm_layer(
    x: Array, h: Array, c: Array, w_ih: Array, w_hh: Array, b: Array
) -> Array:
    outputs = []
    for t in range(x.shape[1]):
        h, c = lstm_step(x[:, t], h, c, w_ih, w_hh, b)
        outputs.append(h)
    return np.stack(outputs, axis=1)


def draw_layer(rng: Generator) -> tuple:
    states = normal(rng, 2, 4), normal(rng, 2, 4)
    return normal(rng, 2, 5, 3), *states, *layer_weights(rng, 3, 4, gates=4)


LSTM_LAYER = Exercise(
    number="3.5",
    level=2,
    title="A whole LSTM layer",
    statement="""\
Run an LSTM over a batch of sequences from a given state and return the hidden
state after each step. The step is that of exercise 3.1:

    i, f, o = σ(their blocks of x_t W + h U + b),  g = tanh(its block)
    c' = f c + i g,  h' = o tanh(c')""",
    arguments={
        "x": "(B, T, D) inputs",
        "h": "(B, H) initial hidden state",
        "c": "(B, H) initial cell state",
        **LSTM_WEIGHTS,
    },
    returns={"outputs": "(B, T, H) hidden state after each step"},
    reference=lstm_layer,
    draw=draw_layer,
    mistakes=(
        Mistake(
            "cell state not passed on: every step begins from the initial c",
            "h, c = lstm_step(x[:, t], h, c,",
            "h, _ = lstm_step(x[:, t], h, c,",
        ),
        Mistake(
            "hidden state not passed on: every step begins from the initial h",
            "h, c = lstm_step(x[:, t], h, c, w_ih, w_hh, b)\n"
            "        outputs.append(h)",
            "new, c = lstm_step(x[:, t], h, c, w_ih, w_hh, b)\n"
            "        outputs.append(new)",
        ),
        Mistake(
            "cell states returned: the outputs are the hidden states",
            "outputs.append(h)",
            "outputs.append(c)",
        ),
        Mistake(
            "initial state ignored: the first step begins from zeros",
            "outputs = []",
            "outputs, h, c = [], 0 * h, 0 * c",
        ),
        Mistake(
            "input and forget gates swapped: the blocks are i f g o",
            "lstm_step(x[:, t], h, c, w_ih, w_hh, b)",
            "lstm_step(x[:, t], h, c, *map(swapped, (w_ih, w_hh, b)))",
        ),
    ),
    hints=(
        "Two states go from step to step, h and c.",
        "h, c = step(x[:, t], h, c, ...) in a loop; stack the h along axis 1.",
    ),
)


def swapped(weight: Array) -> Array:
    """The weight with its blocks i and f exchanged, for a mistake."""
    i, f, g, o = np.split(weight, 4, axis=-1)
    return np.concatenate([f, i, g, o], axis=-1)
