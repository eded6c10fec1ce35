"""Exercise 7.1: teacher forcing."""

import numpy as np

from shared.exercises.draws import Generator
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def decoder_inputs(targets: Array, start: int) -> Array:
    starts = np.full((len(targets), 1), start)
    return np.concatenate([starts, targets[:, :-1]], axis=1)


def draw_targets(rng: Generator) -> tuple:
    return rng.integers(3, 9, (3, 5)), 1


DECODER_INPUTS = Exercise(
    number="7.1",
    level=1,
    title="Teacher forcing",
    statement="""\
With teacher forcing a decoder reads the targets while it learns to predict
them. Its first input is the start token; its input at a later step is the
target of the step before.""",
    arguments={
        "targets": "(B, T) indices",
        "start": "index of the start token, an int",
    },
    returns={"inputs": "(B, T) what the decoder reads"},
    reference=decoder_inputs,
    draw=draw_targets,
    mistakes=(
        Mistake(
            "teacher forcing not shifted: the decoder sees the token that it "
            "has to predict",
            "np.concatenate([starts, targets[:, :-1]], axis=1)",
            "targets",
        ),
        Mistake(
            "shifted the wrong way: the decoder sees the token after",
            "[starts, targets[:, :-1]]",
            "[targets[:, 1:], starts]",
        ),
        Mistake(
            "last target not dropped: there are T + 1 inputs",
            "targets[:, :-1]",
            "targets",
        ),
        Mistake(
            "first target dropped: the start token replaces it",
            "targets[:, :-1]",
            "targets[:, 1:]",
        ),
    ),
    hints=(
        "The inputs are the targets one step later.",
        "Put a column of start tokens in front and drop the last column.",
    ),
)
