"""Exercise 9.1: dropout."""

import numpy as np

from shared.exercises.draws import Generator, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def dropout(x: Array, uniforms: Array, rate: float, training: bool) -> Array:
    if not training:
        return x
    return np.where(uniforms >= rate, x / (1 - rate), 0.0)


def draw_dropout(rng: Generator) -> tuple:
    rate, training = float(rng.choice([0.2, 0.3])), bool(rng.random() < 0.6)
    return normal(rng, 3, 8), rng.random((3, 8)), rate, training


DROPOUT = Exercise(
    number="9.1",
    level=1,
    title="Dropout",
    statement="""\
Apply inverted dropout (Srivastava et al. 2014): in training, a unit is dropped
(set to 0) where its uniform number is below `rate`, and the others are divided
by 1 - rate, so that the expected value stays. At evaluation x is unchanged.""",
    arguments={
        "x": "(B, H) units",
        "uniforms": "(B, H) numbers in [0, 1)",
        "rate": "probability to drop a unit, a float",
        "training": "True in training, False at evaluation",
    },
    returns={"x": "(B, H) units after dropout"},
    reference=dropout,
    draw=draw_dropout,
    cases=6,
    mistakes=(
        Mistake(
            "not scaled: the expected value shrinks by 1 - rate",
            "x / (1 - rate)",
            "x",
        ),
        Mistake(
            "divided by the rate: the share that remains is 1 - rate",
            "x / (1 - rate)",
            "x / rate",
        ),
        Mistake(
            "rate taken for the share that remains",
            "uniforms >= rate, x / (1 - rate)",
            "uniforms < rate, x / rate",
        ),
        Mistake(
            "dropout at evaluation: units are dropped in training alone",
            "if not training:",
            "if False:",
        ),
    ),
    hints=(
        "A mask of uniforms >= rate, and one division.",
        "Return x itself where `training` is False.",
    ),
)
