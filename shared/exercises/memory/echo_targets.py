"""Exercise 3.4: targets of the echo task."""

import numpy as np

from shared.exercises.draws import Generator, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def echo_targets(x: Array, lag: int) -> Array:
    y = np.zeros_like(x)
    y[:, lag:] = x[:, :-lag]
    return y


def draw_echo(rng: Generator) -> tuple:
    return normal(rng, 4, 9), int(rng.integers(2, 4))


ECHO = Exercise(
    number="3.4",
    level=1,
    title="Targets of the echo task",
    statement="""\
The echo task asks a network to repeat its input after `lag` steps. Return the
targets: y_t = x_(t-lag), and 0 for the first `lag` steps.""",
    arguments={
        "x": "(B, T) inputs",
        "lag": "delay in steps, an int of at least 1",
    },
    returns={"y": "(B, T) targets"},
    reference=echo_targets,
    draw=draw_echo,
    mistakes=(
        Mistake(
            "lag too long: the delay is one step more",
            "y[:, lag:] = x[:, :-lag]",
            "y[:, lag + 1 :] = x[:, : -lag - 1]",
        ),
        Mistake(
            "targets from the future: y_t is x_(t+lag)",
            "y[:, lag:] = x[:, :-lag]",
            "y[:, :-lag] = x[:, lag:]",
        ),
        Mistake(
            "wrapped around: the first targets are the last inputs, not 0",
            "y[:, lag:] = x[:, :-lag]",
            "y[:] = np.roll(x, lag, axis=1)",
        ),
        Mistake(
            "delay along the batch: time is the second axis",
            "y[:, lag:] = x[:, :-lag]",
            "y[lag:] = x[:-lag]",
        ),
    ),
    hints=(
        "The targets are the inputs, moved to the right along the time axis.",
        "`lag` columns of zeros, then x without its last `lag` columns.",
    ),
)
