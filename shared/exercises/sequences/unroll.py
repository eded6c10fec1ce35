"""Exercise 1.2: unroll a vanilla RNN over a sequence."""

import numpy as np

from shared.exercises.draws import WEIGHTS, Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def unroll(x: Array, h: Array, w_ih: Array, w_hh: Array, b: Array) -> Array:
    outputs = []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        outputs.append(h)
    return np.stack(outputs, axis=1)


def draw_unroll(rng: Generator) -> tuple:
    return normal(rng, 2, 5, 3), normal(rng, 2, 4), *layer_weights(rng, 3, 4)


UNROLL = Exercise(
    number="1.2",
    level=1,
    title="Unroll a vanilla RNN over a sequence",
    statement="""\
Apply one step of a vanilla RNN to every time step of a batch of sequences and
return the hidden state after each step:

    h_t = tanh(x_t W + h_(t-1) U + b)

The first step begins from the state h that is given.""",
    arguments={
        "x": "(B, T, D) inputs",
        "h": "(B, H) initial state",
        **WEIGHTS,
    },
    returns={"outputs": "(B, T, H) hidden state after each step"},
    reference=unroll,
    draw=draw_unroll,
    mistakes=(
        Mistake(
            "state not passed on: every step begins from the initial state",
            "h = np.tanh(x[:, t] @ w_ih + h @ w_hh + b)\n"
            "        outputs.append(h)",
            "outputs.append(np.tanh(x[:, t] @ w_ih + h @ w_hh + b))",
        ),
        Mistake(
            "initial state ignored: the first step begins from zeros",
            "outputs = []",
            "outputs, h = [], 0 * h",
        ),
        Mistake(
            "time read backwards: the last step comes first",
            "range(x.shape[1])",
            "reversed(range(x.shape[1]))",
        ),
        Mistake(
            "outputs one step late: the state before each step is kept",
            "h = np.tanh(x[:, t] @ w_ih + h @ w_hh + b)\n"
            "        outputs.append(h)",
            "outputs.append(h)\n"
            "        h = np.tanh(x[:, t] @ w_ih + h @ w_hh + b)",
        ),
        Mistake("bias lost: b is not added", " + b)", ")"),
        Mistake(
            "time before batch: outputs are stacked along the first axis",
            "axis=1",
            "axis=0",
        ),
    ),
    hints=(
        "Loop over the second axis of x; x[:, t] has the shape (B, D).",
        "Replace h by the new state in each turn, append it to a list, and "
        "stack the list along axis 1.",
    ),
)
