"""Exercise 3.2: one step of a GRU."""

import numpy as np

from shared.exercises.draws import Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.reference.cells import sigmoid
from shared.specs import Array


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
