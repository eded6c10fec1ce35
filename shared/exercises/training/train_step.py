"""Exercise 9.4: one training step with clipping."""

import numpy as np

from shared.exercises.draws import Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.exercises.training.forecaster import (
    EQUATIONS,
    MODEL,
    loss_and_gradients,
)
from shared.specs import Array


def train_step(
    x: Array,
    y: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_out: Array,
    lr: float,
    max_norm: float,
) -> tuple[Array, ...]:
    weights = w_ih, w_hh, b, w_out
    _, gradients = loss_and_gradients(x, y, *weights)
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    scale = min(1.0, max_norm / norm)
    return tuple(w - lr * scale * g for w, g in zip(weights, gradients))


def draw_train_step(rng: Generator) -> tuple:
    layer = *layer_weights(rng, 3, 4), normal(rng, 4, 2)
    return normal(rng, 5, 4, 3), normal(rng, 5, 2, scale=3.0), *layer, 0.5, 0.5


TRAIN_STEP = Exercise(
    number="9.4",
    level=2,
    title="One training step with clipping",
    statement=f"""\
Make one step of gradient descent on a forecaster,
{EQUATIONS}.
The loss is the mean over batch and outputs of (ŷ - y)². Differentiate
automatically, clip the gradients by their global norm (exercise 2.3), and
return the new weights w - lr · gradient.""",
    arguments={
        "x": "(B, T, D) inputs",
        "y": "(B, K) targets",
        **MODEL,
        "lr": "learning rate, a float",
        "max_norm": "largest norm of the gradients, a float",
    },
    returns={
        "w_ih": "(D, H) new weights",
        "w_hh": "(H, H) new weights",
        "b": "(H) new bias",
        "w_out": "(H, K) new weights",
    },
    reference=train_step,
    draw=draw_train_step,
    mistakes=(
        Mistake(
            "clipped before backward: the gradients of the step are whole",
            "lr * scale * g",
            "lr * g",
        ),
        Mistake(
            "each tensor clipped by its own norm: the direction changes",
            "lr * scale * g",
            "lr * min(1.0, max_norm / np.linalg.norm(g)) * g",
        ),
        Mistake(
            "gradient ascent: the step is subtracted",
            "w - lr",
            "w + lr",
        ),
        Mistake(
            "head not trained: w_out has a gradient too",
            "tuple(w - lr * scale * g for w, g in zip(weights, gradients))",
            "(*(w - lr * scale * g for w, g in zip(weights[:3], gradients)), "
            "w_out)",
        ),
        Mistake(
            "weights clipped: the gradients are, before the step",
            "tuple(w - lr * scale * g for w, g in zip(weights, gradients))",
            "clipped([w - lr * g for w, g in zip(weights, gradients)], "
            "max_norm)",
        ),
    ),
    hints=(
        "Forward, loss, backward, clip, step: in this order.",
        "PyTorch: clip_grad_norm_ between loss.backward() and the step. "
        "Keras: tape.gradient, then one factor. JAX: jax.grad by all weights.",
    ),
)


def clipped(tensors: list[Array], max_norm: float) -> tuple[Array, ...]:
    """Tensors with their global norm limited, for a mistake."""
    norm = np.sqrt(sum(np.sum(a**2) for a in tensors))
    return tuple(min(1.0, max_norm / norm) * a for a in tensors)
