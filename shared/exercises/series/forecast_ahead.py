"""Exercise 8.5: forecast several steps ahead."""

import numpy as np

from shared.exercises.draws import WEIGHTS, Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def forecast_ahead(
    x: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_out: Array,
    steps: int,
) -> Array:
    h = np.zeros((len(x), len(w_hh)))
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ w_ih + h @ w_hh + b)
    forecasts = []
    for _ in range(steps):
        value = h @ w_out
        forecasts.append(value)
        h = np.tanh(value @ w_ih + h @ w_hh + b)
    return np.stack(forecasts, axis=1)


def draw_ahead(rng: Generator) -> tuple:
    layer = layer_weights(rng, 2, 4)
    return normal(rng, 3, 5, 2), *layer, normal(rng, 4, 2, scale=0.7), 4


AHEAD = Exercise(
    number="8.5",
    level=2,
    title="Forecast several steps ahead",
    statement="""\
Forecast a series recursively. Read x with a vanilla RNN from a state of zeros,
h' = tanh(value W + h U + b). Then, `steps` times, the forecast of the next
value is h w_out, and the network reads it as if it had been observed.""",
    arguments={
        "x": "(B, T, D) observed values",
        **WEIGHTS,
        "w_out": "(H, D) weights of the head",
        "steps": "number of values to forecast S, an int",
    },
    returns={"forecasts": "(B, S, D) forecast of each step"},
    reference=forecast_ahead,
    draw=draw_ahead,
    mistakes=(
        Mistake(
            "forecast not fed back: the last observed value is read again",
            "value @ w_ih",
            "x[:, -1] @ w_ih",
        ),
        Mistake(
            "state not passed on: each forecast is read from zeros",
            "np.tanh(value @ w_ih + h @ w_hh + b)",
            "np.tanh(value @ w_ih + b)",
        ),
        Mistake(
            "first forecast lost: the last observed value is read twice",
            "forecasts = []",
            "forecasts, h = [], np.tanh(x[:, -1] @ w_ih + h @ w_hh + b)",
        ),
        Mistake(
            "one forecast repeated: the state does not change",
            "h = np.tanh(value @ w_ih + h @ w_hh + b)",
            "pass",
        ),
    ),
    hints=(
        "As greedy generation (exercise 6.6), with a value in place of a "
        "token.",
        "In each turn: value = h @ w_out, append it, update h with it.",
    ),
)
