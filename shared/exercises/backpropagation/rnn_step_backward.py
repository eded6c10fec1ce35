"""Exercise 2.1: one step backward by hand."""

import numpy as np

from shared.exercises.draws import Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def rnn_step_backward(
    d_new: Array, x: Array, h: Array, new: Array, w_ih: Array, w_hh: Array
) -> tuple[Array, ...]:
    d_a = d_new * (1 - new**2)
    return d_a @ w_ih.T, d_a @ w_hh.T, x.T @ d_a, h.T @ d_a, d_a.sum(axis=0)


def draw_backward(rng: Generator) -> tuple:
    x, h, d_new = normal(rng, 2, 3), normal(rng, 2, 4), normal(rng, 2, 4)
    w_ih, w_hh, b = layer_weights(rng, 3, 4)
    return d_new, x, h, np.tanh(x @ w_ih + h @ w_hh + b), w_ih, w_hh


STEP_BACKWARD = Exercise(
    number="2.1",
    level=2,
    title="One step backward by hand",
    statement="""\
Backpropagate through one step h' = tanh(x W + h U + b) of a vanilla RNN without
automatic differentiation. The derivative of tanh is 1 - h'². With a the sum in
parentheses and d_ the gradient of the loss:

    d_a = d_h' (1 - h'²),  d_x = d_a Wᵀ,  d_h = d_a Uᵀ,
    d_W = xᵀ d_a,  d_U = hᵀ d_a,  d_b = sum of d_a over the batch""",
    arguments={
        "d_new": "(B, H) gradient of the loss by the new state",
        "x": "(B, D) input of the step",
        "h": "(B, H) state before the step",
        "new": "(B, H) state after the step, h'",
        "w_ih": "(D, H) weights of the input",
        "w_hh": "(H, H) weights of the state",
    },
    returns={
        "d_x": "(B, D)",
        "d_h": "(B, H)",
        "d_w_ih": "(D, H)",
        "d_w_hh": "(H, H)",
        "d_b": "(H)",
    },
    reference=rnn_step_backward,
    draw=draw_backward,
    mistakes=(
        Mistake(
            "derivative of tanh missing: d_a is d_h'",
            "d_new * (1 - new**2)",
            "d_new",
        ),
        Mistake(
            "derivative of tanh with h' in place of its square",
            "new**2",
            "new",
        ),
        Mistake(
            "derivative at the state before: 1 - h² in place of 1 - h'²",
            "new**2",
            "h**2",
        ),
        Mistake(
            "recurrent matrix not transposed: d_a U in place of d_a Uᵀ",
            "w_hh.T",
            "w_hh",
        ),
        Mistake(
            "bias gradient averaged: it is the sum over the batch",
            "d_a.sum(axis=0)",
            "d_a.mean(axis=0)",
        ),
        Mistake(
            "new state in the gradient of U: it reads the state before",
            "h.T @ d_a",
            "new.T @ d_a",
        ),
    ),
    hints=(
        "The shapes decide the order: d_w_hh (H, H) is (H, B) times (B, H).",
        "All five gradients follow from d_a = d_new * (1 - new ** 2).",
    ),
)
