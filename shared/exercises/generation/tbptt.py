"""Exercise 6.7: truncated backpropagation through time."""

import numpy as np

from shared.exercises.draws import Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def tbptt(
    x: Array, y: Array, w_ih: Array, w_hh: Array, b: Array, window: int
) -> Array:
    states = [np.zeros((len(x), len(w_hh)))]
    gradients = []
    for start in range(0, x.shape[1], window):
        end, first = start + window, start
        for t in range(start, end):
            states.append(np.tanh(x[:, t] @ w_ih + states[t] @ w_hh + b))
        d_w, d_h = np.zeros(w_hh.shape), np.zeros(states[0].shape)
        for t in reversed(range(first, end)):
            if t >= start:
                error = states[t + 1] - y[:, t]
                d_h = d_h + 2 * error / (error.size * window)
            d_a = d_h * (1 - states[t + 1] ** 2)
            d_w += states[t].T @ d_a
            d_h = d_a @ w_hh.T
        gradients.append(d_w)
    return np.stack(gradients)


def draw_tbptt(rng: Generator) -> tuple:
    x, y = normal(rng, 2, 6, 3), normal(rng, 2, 6, 4)
    return x, y, *layer_weights(rng, 3, 4), int(rng.choice([2, 3]))


TBPTT = Exercise(
    number="6.7",
    level=3,
    title="Truncated backpropagation through time",
    statement="""\
Read long sequences in windows of `window` steps with a vanilla RNN,
h_t = tanh(x_t W + h_(t-1) U + b). The state goes from window to window, the
gradient does not (Williams and Peng 1990). The loss of a window is the mean of
(h_t - y_t)² over its steps, the batch and the units. Return the gradient of
each window's loss by U, by automatic differentiation; the weights stay as they
are. The first state is 0, and T is a multiple of `window`.""",
    arguments={
        "x": "(B, T, D) inputs",
        "y": "(B, T, H) targets",
        "w_ih": "(D, H) weights of the input, W",
        "w_hh": "(H, H) weights of the state, U",
        "b": "(H) bias",
        "window": "steps of a window, an int",
    },
    returns={"gradients": "(S, H, H) gradient by U, S = T / window"},
    reference=tbptt,
    draw=draw_tbptt,
    mistakes=(
        Mistake(
            "state not detached: gradients reach the windows before",
            "first = start + window, start",
            "first = start + window, 0",
        ),
        Mistake(
            "state reset: each window begins from zeros",
            "        for t in range(start, end):",
            "        states[start] = 0 * states[start]\n"
            "        for t in range(start, end):",
        ),
        Mistake(
            "sum over the steps: the loss is the mean",
            "(error.size * window)",
            "error.size",
        ),
        Mistake(
            "last step of a window alone: all of its steps are in the loss",
            "if t >= start:",
            "if t == end - 1:",
            (("(error.size * window)", "error.size"),),
        ),
        Mistake(
            "gradients accumulated: those of the windows before are added",
            "np.stack(gradients)",
            "np.cumsum(np.stack(gradients), axis=0)",
        ),
    ),
    hints=(
        "Between two windows the state is a value, no longer a part of the "
        "graph.",
        "PyTorch: h.detach(). Keras: a new tape for each window. JAX: return "
        "the state of a window as a second output (has_aux).",
    ),
)
