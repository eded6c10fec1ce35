"""Exercise 9.3: one step of Adam."""

import numpy as np

from shared.exercises.draws import Generator, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array

BETA1 = 0.9


BETA2 = 0.999


def adam_step(
    w: Array,
    g: Array,
    m: Array,
    v: Array,
    t: int,
    lr: float,
    epsilon: float,
) -> tuple[Array, Array, Array]:
    m = BETA1 * m + (1 - BETA1) * g
    v = BETA2 * v + (1 - BETA2) * g**2
    m_hat, v_hat = m / (1 - BETA1**t), v / (1 - BETA2**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + epsilon), m, v


def draw_adam(rng: Generator) -> tuple:
    arrays = normal(rng, 3, 4), normal(rng, 3, 4), normal(rng, 3, 4)
    v = normal(rng, 3, 4) ** 2 / 100
    return *arrays, v, int(rng.integers(2, 9)), 0.5, 0.25


ADAM = Exercise(
    number="9.3",
    level=2,
    title="One step of Adam",
    statement="""\
Update a weight by Adam (Kingma and Ba 2015, algorithm 1), with β₁ = 0.9 and
β₂ = 0.999, at step t counted from 1:

    m' = β₁ m + (1 - β₁) g,        v' = β₂ v + (1 - β₂) g²
    m̂ = m' / (1 - β₁ᵗ),            v̂ = v' / (1 - β₂ᵗ)
    w' = w - lr m̂ / (√v̂ + epsilon)""",
    arguments={
        "w": "(D, H) weight",
        "g": "(D, H) its gradient",
        "m": "(D, H) mean of the gradients so far",
        "v": "(D, H) mean of their squares so far",
        "t": "number of the step, an int from 1",
        "lr": "learning rate, a float",
        "epsilon": "a float",
    },
    returns={
        "w'": "(D, H) updated weight",
        "m'": "(D, H) updated mean",
        "v'": "(D, H) updated mean of squares",
    },
    reference=adam_step,
    draw=draw_adam,
    mistakes=(
        Mistake(
            "bias correction missing: m and v are used as they are",
            "m / (1 - BETA1**t), v / (1 - BETA2**t)",
            "m, v",
        ),
        Mistake(
            "epsilon inside the root: it is added after the root",
            "(np.sqrt(v_hat) + epsilon)",
            "np.sqrt(v_hat + epsilon)",
        ),
        Mistake(
            "gradient not squared in v",
            "g**2",
            "np.abs(g)",
        ),
        Mistake(
            "means corrected in place: m' and v' are returned uncorrected",
            "+ epsilon), m, v",
            "+ epsilon), m_hat, v_hat",
        ),
        Mistake(
            "step counted from 0: the correction is that of the step before",
            "m / (1 - BETA1**t), v / (1 - BETA2**t)",
            "m / (1 - BETA1 ** (t - 1)), v / (1 - BETA2 ** (t - 1))",
        ),
        Mistake("gradient ascent: the step is subtracted", "w - lr", "w + lr"),
    ),
    hints=(
        "Update m and v first; the weight uses their corrected values.",
        "Return the uncorrected m' and v': they are the state of the "
        "optimizer.",
    ),
)
