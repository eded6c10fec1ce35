"""Exercise 2.4: how far back a gradient reaches."""

import numpy as np

from shared.exercises.draws import WEIGHTS, Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def input_gradient_norms(x: Array, w_ih: Array, w_hh: Array, b: Array) -> Array:
    states = [np.zeros((len(x), len(w_hh)))]
    for t in range(x.shape[1]):
        states.append(np.tanh(x[:, t] @ w_ih + states[-1] @ w_hh + b))
    norms = np.zeros(x.shape[:2])
    d_h = np.ones_like(states[-1])
    for t in reversed(range(x.shape[1])):
        d_a = d_h * (1 - states[t + 1] ** 2)
        norms[:, t] = np.linalg.norm(d_a @ w_ih.T, axis=1)
        d_h = d_a @ w_hh.T
    return norms


def draw_norms(rng: Generator) -> tuple:
    return normal(rng, 2, 5, 3), *layer_weights(rng, 3, 4)


NORMS = Exercise(
    number="2.4",
    level=2,
    title="How far back a gradient reaches",
    statement="""\
Read sequences with a vanilla RNN from a state of zeros,
h_t = tanh(x_t W + h_(t-1) U + b). The loss of a sequence is the sum of the
units of its last state h_T. Return the norm of the gradient of that loss by the
input of each step, by automatic differentiation. Where gradients vanish, the
norms of the early steps are near 0.""",
    arguments={"x": "(B, T, D) inputs", **WEIGHTS},
    returns={"norms": "(B, T) norm of the gradient by each x_t"},
    reference=input_gradient_norms,
    draw=draw_norms,
    mistakes=(
        Mistake(
            "loss of all states: only the last state is in the loss",
            "d_h = d_a @ w_hh.T",
            "d_h = d_a @ w_hh.T + 1",
        ),
        Mistake(
            "state detached: the gradient reaches the last step alone",
            "d_h = d_a @ w_hh.T",
            "d_h = 0 * d_h",
        ),
        Mistake(
            "squared norm: its root is missing",
            "np.linalg.norm(d_a @ w_ih.T, axis=1)",
            "np.sum((d_a @ w_ih.T) ** 2, axis=1)",
        ),
        Mistake(
            "mean of the units: the loss is their sum",
            "np.ones_like(states[-1])",
            "np.ones_like(states[-1]) / len(w_hh)",
        ),
        Mistake(
            "mean over the batch: the loss is of each sequence alone",
            "np.ones_like(states[-1])",
            "np.ones_like(states[-1]) / len(x)",
        ),
    ),
    hints=(
        "One loss for the batch, the sum over its sequences, has the same "
        "gradients: no sequence depends on another one.",
        "Differentiate by x (B, T, D), then take the norm over its last axis.",
    ),
)
