"""Chapter 3: memory, gate by gate."""

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


def gru_step(
    x: Array, h: Array, w_ih: Array, w_hh: Array, b_ih: Array, b_hh: Array
) -> Array:
    a_r, a_z, a_n = np.split(x @ w_ih + b_ih, 3, axis=1)
    u_r, u_z, u_n = np.split(h @ w_hh + b_hh, 3, axis=1)
    r, z = sigmoid(a_r + u_r), sigmoid(a_z + u_z)
    n = np.tanh(a_n + r * u_n)
    return (1 - z) * n + z * h


def draw_gru(rng: Generator) -> tuple:
    layer = layer_weights(rng, 3, 4, gates=3)
    return normal(rng, 2, 3), normal(rng, 2, 4), *layer, normal(rng, 12)


GRU_STEP = Exercise(
    number="3.2",
    level=1,
    title="One step of a GRU",
    statement="""\
Compute one step of a GRU (Cho et al. 2014) as cuDNN, PyTorch and Keras do, with
the reset gate after the product. a = x W + b_ih and u = h U + b_hh have blocks
r, z and n, in this order:

    r = σ(a_r + u_r),  z = σ(a_z + u_z)
    n = tanh(a_n + r u_n)
    h' = (1 - z) n + z h""",
    arguments={
        "x": "(B, D) input of the step",
        "h": "(B, H) state before the step",
        "w_ih": "(D, 3H) weights of the input, blocks r z n",
        "w_hh": "(H, 3H) weights of the state, blocks r z n",
        "b_ih": "(3H) bias of the input, blocks r z n",
        "b_hh": "(3H) bias of the state, blocks r z n",
    },
    returns={"h'": "(B, H) state after the step"},
    reference=gru_step,
    draw=draw_gru,
    mistakes=(
        Mistake(
            "reset and update gates swapped: the blocks are r z n",
            "r, z = sigmoid",
            "z, r = sigmoid",
        ),
        Mistake(
            "reset gate before the product: r multiplies h, not h U + b_hh",
            "r * u_n",
            "(r * h) @ w_hh[:, -h.shape[1] :] + b_hh[-h.shape[1] :]",
        ),
        Mistake(
            "update gate inverted: z is the share of the old state",
            "(1 - z) * n + z * h",
            "z * n + (1 - z) * h",
        ),
        Mistake("recurrent bias lost: b_hh is not added", " + b_hh", ""),
        Mistake(
            "recurrent bias outside the reset gate: r multiplies it too",
            "r * u_n",
            "r * (u_n - b_hh[-h.shape[1] :]) + b_hh[-h.shape[1] :]",
        ),
        Mistake(
            "no reset gate: the candidate reads all of u_n", "r * u_n", "u_n"
        ),
    ),
    hints=(
        "Keep the two products apart, as r multiplies a block of the second.",
        "b_hh belongs to h @ w_hh, so its block n is inside r * (...).",
    ),
)


def initial_bias(hidden_size: int, value: float) -> Array:
    b = np.zeros((4, hidden_size))
    b[1] = value
    return b.reshape(-1)


def draw_bias(rng: Generator) -> tuple:
    return int(rng.integers(3, 6)), float(rng.integers(2, 5)) / 2


FORGET_BIAS = Exercise(
    number="3.3",
    level=1,
    title="The forget bias",
    statement="""\
Return the initial bias of an LSTM: `value` for the forget gate, so that it
begins open and the cell state is kept (Gers et al. 2000; Jozefowicz et al.
2015), and 0 elsewhere. The blocks are those of i, f, g and o.""",
    arguments={
        "hidden_size": "number of units H, an int",
        "value": "bias of the forget gate, a float",
    },
    returns={"b": "(4H) bias, floats"},
    reference=initial_bias,
    draw=draw_bias,
    mistakes=(
        Mistake(
            "value at the input gate: the forget gate is the second block",
            "b[1] = value",
            "b[0] = value",
        ),
        Mistake("value at every gate: only f has it", "b[1] =", "b[:] ="),
        Mistake(
            "forget bias doubled: one bias has the value, not each of two",
            "= value",
            "= 2 * value",
        ),
        Mistake(
            "gates interleaved: a block is H neighbors, not each fourth value",
            "b.reshape(-1)",
            "b.T.reshape(-1)",
        ),
    ),
    hints=(
        "Four blocks of H values each; only the second one is not 0.",
        "Begin with 4 H zeros and set those from H to 2 H.",
    ),
)


def echo_targets(x: Array, lag: int) -> Array:
    y = np.zeros_like(x)
    y[:, lag:] = x[:, :-lag]
    return y


def draw_echo(rng: Generator) -> tuple:
    return normal(rng, 4, 9), int(rng.integers(2, 4))


ECHO = Exercise(
    number="3.4",
    level=1,
    title="Targets of the echo task",
    statement="""\
The echo task asks a network to repeat its input after `lag` steps. Return the
targets: y_t = x_(t-lag), and 0 for the first `lag` steps.""",
    arguments={
        "x": "(B, T) inputs",
        "lag": "delay in steps, an int of at least 1",
    },
    returns={"y": "(B, T) targets"},
    reference=echo_targets,
    draw=draw_echo,
    mistakes=(
        Mistake(
            "lag too long: the delay is one step more",
            "y[:, lag:] = x[:, :-lag]",
            "y[:, lag + 1 :] = x[:, : -lag - 1]",
        ),
        Mistake(
            "targets from the future: y_t is x_(t+lag)",
            "y[:, lag:] = x[:, :-lag]",
            "y[:, :-lag] = x[:, lag:]",
        ),
        Mistake(
            "wrapped around: the first targets are the last inputs, not 0",
            "y[:, lag:] = x[:, :-lag]",
            "y[:] = np.roll(x, lag, axis=1)",
        ),
        Mistake(
            "delay along the batch: time is the second axis",
            "y[:, lag:] = x[:, :-lag]",
            "y[lag:] = x[:-lag]",
        ),
    ),
    hints=(
        "The targets are the inputs, moved to the right along the time axis.",
        "`lag` columns of zeros, then x without its last `lag` columns.",
    ),
)


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


EXERCISES = (LSTM_STEP, GRU_STEP, FORGET_BIAS, ECHO, LSTM_LAYER)
