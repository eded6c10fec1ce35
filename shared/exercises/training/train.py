"""Exercise 9.5: a whole training loop."""

import numpy as np

from shared.exercises.draws import Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.exercises.training.forecaster import (
    EQUATIONS,
    MODEL,
    loss_and_gradients,
)
from shared.specs import Array


def train(
    x: Array,
    y: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_out: Array,
    lr: float,
    decay: float,
    epochs: int,
    batch_size: int,
) -> Array:
    weights = [w_ih, w_hh, b, w_out]
    means = []
    for epoch in range(epochs):
        losses = []
        for start in range(0, len(x), batch_size):
            rows = slice(start, start + batch_size)
            loss, gradients = loss_and_gradients(x[rows], y[rows], *weights)
            rate = lr * decay**epoch
            weights = [w - rate * g for w, g in zip(weights, gradients)]
            losses.append(loss)
        means.append(np.mean(losses))
    return np.array(means)


def draw_train(rng: Generator) -> tuple:
    layer = *layer_weights(rng, 3, 4), normal(rng, 4, 2)
    numbers = 0.1, 0.5, 3, int(rng.choice([2, 3]))
    return normal(rng, 6, 4, 3), normal(rng, 6, 2), *layer, *numbers


TRAIN = Exercise(
    number="9.5",
    level=3,
    title="A whole training loop",
    statement=f"""\
Train a forecaster by gradient descent,
{EQUATIONS}.
The loss of a batch is the mean over batch and outputs of (ŷ - y)². An epoch
goes through the examples in their order, in batches of `batch_size`, with one
step w - rate · gradient per batch. The rate is lr in the first epoch, and is
multiplied by `decay` after each epoch. Return the mean of the batches' losses
of each epoch, each taken before its step.""",
    arguments={
        "x": "(N, T, D) inputs",
        "y": "(N, K) targets",
        **MODEL,
        "lr": "learning rate of the first epoch, a float",
        "decay": "factor of the learning rate after an epoch, a float",
        "epochs": "number of epochs E, an int",
        "batch_size": "examples of a batch, an int; N is a multiple of it",
    },
    returns={"losses": "(E) mean loss of each epoch"},
    reference=train,
    draw=draw_train,
    mistakes=(
        Mistake(
            "gradients not reset: those of earlier steps are added",
            "means = []",
            "means, total = [], [0.0 * w for w in weights]",
            (
                (
                    "weights = [w - rate * g for w, g in zip(weights, "
                    "gradients)]",
                    "total = [a + g for a, g in zip(total, gradients)]\n"
                    "            weights = [w - rate * g for w, g in "
                    "zip(weights, total)]",
                ),
            ),
        ),
        Mistake(
            "rate decays at each step: it does after each epoch",
            "rate = lr * decay**epoch",
            "rate = lr * decay ** (epoch * (len(x) // batch_size) "
            "+ start // batch_size)",
        ),
        Mistake(
            "no decay: the rate stays that of the first epoch",
            "rate = lr * decay**epoch",
            "rate = lr",
        ),
        Mistake(
            "loss of the last batch: the mean over the epoch is wanted",
            "np.mean(losses)",
            "losses[-1]",
        ),
        Mistake(
            "weights not updated: every epoch has the same loss",
            "weights = [w - rate * g for w, g in zip(weights, gradients)]",
            "pass",
        ),
        Mistake(
            "rate decays before the first epoch",
            "decay**epoch",
            "decay ** (epoch + 1)",
        ),
    ),
    hints=(
        "Two loops: epochs, and batches x[start : start + batch_size].",
        "Reset the gradients in each step (PyTorch adds them up), and store "
        "the loss as a number.",
    ),
)
