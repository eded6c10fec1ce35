"""Chapter 1: sequences and the hidden state."""

import numpy as np

from shared.exercises.draws import Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.reference.cells import sigmoid as sigmoid  # of mistakes
from shared.specs import Array

WEIGHTS = {
    "w_ih": "(D, H) weights of the input",
    "w_hh": "(H, H) weights of the state",
    "b": "(H) bias",
}


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


def windows(series: Array, size: int) -> tuple[Array, Array]:
    count = len(series) - size
    x = np.stack([series[i : i + size] for i in range(count)])
    y = series[size : size + count]
    return x[:, :, None], y[:, None]


def draw_windows(rng: Generator) -> tuple:
    return normal(rng, 12), int(rng.integers(3, 6))


WINDOWS = Exercise(
    number="1.3",
    level=1,
    title="Windows of a series",
    statement="""\
Cut a series into training examples: every window of `size` consecutive values,
from the first on, with the value that follows it as its target. One feature:
the last axis of x has size 1.""",
    arguments={
        "series": "(N) values",
        "size": "number of values in a window, an int",
    },
    returns={
        "x": "(M, T, 1) windows, M = N - size, T = size",
        "y": "(M, 1) the value after each window",
    },
    reference=windows,
    draw=draw_windows,
    mistakes=(
        Mistake(
            "target in its window: y is the last value of x, not the next one",
            "series[size : size + count]",
            "series[size - 1 : size - 1 + count]",
        ),
        Mistake(
            "last window lost: there are N - size windows",
            "len(series) - size",
            "len(series) - size - 1",
        ),
        Mistake(
            "no feature axis: x is (M, T), not (M, T, 1)",
            "x[:, :, None]",
            "x",
        ),
        Mistake(
            "windows reversed: the latest value comes first",
            "x[:, :, None]",
            "x[:, ::-1, None]",
        ),
    ),
    hints=(
        "The target of the window that begins at i is series[i + size].",
        "The last window begins at N - size - 1; add the last axis at the end.",
    ),
)


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

EXERCISES = (RNN_STEP, UNROLL, WINDOWS, FORECAST)
