"""Exercise 3.3: the forget bias."""

import numpy as np

from shared.exercises.draws import Generator
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


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
