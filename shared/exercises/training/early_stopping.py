"""Exercise 9.2: early stopping."""

import numpy as np

from shared.exercises.draws import Generator
from shared.exercises.exercise import Exercise, Mistake


def early_stopping(losses: list[float], patience: int) -> tuple[int, int]:
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        if epoch - best >= patience:
            return best, epoch
    return best, len(losses) - 1


def draw_early(rng: Generator) -> tuple:
    bowl = (np.arange(12) - int(rng.integers(4, 7))) ** 2 / 10
    losses = bowl + np.tile([0.0, 0.8], 6) + 0.01 * rng.random(12)
    return [float(loss) for loss in losses], int(rng.integers(2, 4))


EARLY_STOPPING = Exercise(
    number="9.2",
    level=1,
    title="Early stopping",
    statement="""\
Given the validation loss of each epoch in turn, find where training stops: at
the first epoch with `patience` epochs in a row, itself included, since the best
one; at the last epoch of the list if there is none. The best epoch is the first
one with the smallest loss so far. Epochs are counted from 0. No framework is
needed.""",
    arguments={
        "losses": "a list of floats, one an epoch",
        "patience": "epochs without improvement, an int",
    },
    returns={
        "best": "epoch whose weights are used, an int",
        "last": "epoch after which training stops, an int",
    },
    reference=early_stopping,
    draw=draw_early,
    cases=6,
    mistakes=(
        Mistake(
            "patience one epoch too long",
            "epoch - best >= patience",
            "epoch - best > patience",
        ),
        Mistake(
            "last epoch in place of the best one",
            "return best, epoch",
            "return epoch, epoch",
        ),
        Mistake(
            "compared with the epoch before: compare with the best one",
            "loss < losses[best]",
            "loss < losses[max(epoch - 1, 0)]",
        ),
        Mistake(
            "largest loss: the smallest one is best",
            "loss < losses[best]",
            "loss > losses[best]",
        ),
    ),
    hints=(
        "Keep the number of the best epoch while you go through the list.",
        "Stop as soon as epoch - best reaches the patience.",
    ),
)
