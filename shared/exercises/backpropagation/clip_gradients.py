"""Exercise 2.3: clip gradients by their global norm."""

import numpy as np

from shared.exercises.draws import Generator, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def clip_gradients(
    d_w_ih: Array, d_w_hh: Array, d_b: Array, max_norm: float
) -> tuple[Array, ...]:
    gradients = d_w_ih, d_w_hh, d_b
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    scale = min(1.0, max_norm / norm)
    return tuple(scale * g for g in gradients)


def draw_clip(rng: Generator) -> tuple:
    scale = float(rng.choice([0.05, 2.0]))
    gradients = [normal(rng, *s, scale=scale) for s in ((3, 4), (4, 4), (4,))]
    return *gradients, float(np.round(rng.uniform(0.7, 1.5), 2))


CLIP = Exercise(
    number="2.3",
    level=1,
    title="Clip gradients by their global norm",
    statement="""\
Multiply all gradients by one factor min(1, max_norm / |g|), where |g| is the
norm of all of them together: the root of the sum of all squares (Pascanu,
Mikolov and Bengio 2013, algorithm 1).""",
    arguments={
        "d_w_ih": "(D, H) gradient",
        "d_w_hh": "(H, H) gradient",
        "d_b": "(H) gradient",
        "max_norm": "largest norm, a float",
    },
    returns={
        "d_w_ih": "(D, H) clipped",
        "d_w_hh": "(H, H) clipped",
        "d_b": "(H) clipped",
    },
    reference=clip_gradients,
    draw=draw_clip,
    cases=6,
    mistakes=(
        Mistake(
            "each tensor clipped by its own norm: the direction changes",
            "scale * g for g",
            "min(1.0, max_norm / np.linalg.norm(g)) * g for g",
        ),
        Mistake(
            "small gradients enlarged: the factor is at most 1",
            "min(1.0, max_norm / norm)",
            "max_norm / norm",
        ),
        Mistake(
            "clipped by value: each element is limited, not the norm",
            "scale * g for g",
            "np.clip(g, -max_norm, max_norm) for g",
        ),
        Mistake(
            "root missing: the sum of squares is taken for the norm",
            "np.sqrt(sum(np.sum(g**2) for g in gradients))",
            "sum(np.sum(g**2) for g in gradients)",
        ),
    ),
    hints=(
        "One norm for all three tensors, then one factor for all three.",
        "The factor is min(1, max_norm / norm): gradients never grow.",
    ),
)
