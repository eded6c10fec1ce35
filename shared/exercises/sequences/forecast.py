"""Exercise 1.4: forecast from the last state."""

import numpy as np

from shared.exercises.draws import WEIGHTS, Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def forecast(
    x: Array, w_ih: Array, w_hh: Array, b: Array, w_out: Array, b_out: Array
) -> Array:
    h = np.zeros((len(x), len(w_hh)))
    states = []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        states.append(h)
    return states[-1] @ w_out + b_out


def draw_forecast(rng: Generator) -> tuple:
    layer = layer_weights(rng, 3, 4)
    return normal(rng, 2, 5, 3), *layer, normal(rng, 4, 2), normal(rng, 2)


FORECAST = Exercise(
    number="1.4",
    level=2,
    title="Forecast from the last state",
    statement="""\
Read a batch of sequences with a vanilla RNN from a state of zeros, and compute
a forecast from the last hidden state alone (many to one):

    h_t = tanh(x_t W + h_(t-1) U + b),   ŷ = h_T w_out + b_out""",
    arguments={
        "x": "(B, T, D) inputs",
        **WEIGHTS,
        "w_out": "(H, K) weights of the head",
        "b_out": "(K) bias of the head",
    },
    returns={"y": "(B, K) forecast"},
    reference=forecast,
    draw=draw_forecast,
    mistakes=(
        Mistake(
            "first state read: the forecast sees one input only",
            "states[-1]",
            "states[0]",
        ),
        Mistake(
            "mean of the states: the head reads the last one",
            "states[-1]",
            "np.mean(states, axis=0)",
        ),
        Mistake("bias of the head lost: b_out is not added", " + b_out", ""),
        Mistake(
            "forecast squashed: tanh limits it to -1 .. 1",
            "states[-1] @ w_out + b_out",
            "np.tanh(states[-1] @ w_out + b_out)",
        ),
        Mistake(
            "state not passed on: every step begins from zeros",
            "h = np.tanh(x[:, t] @ w_ih + h @ w_hh + b)\n"
            "        states.append(h)",
            "states.append(np.tanh(x[:, t] @ w_ih + b))",
        ),
    ),
    hints=(
        "Unroll as in exercise 1.2; only the state after the last step counts.",
        "The head is a linear layer: no squashing after it.",
    ),
)
