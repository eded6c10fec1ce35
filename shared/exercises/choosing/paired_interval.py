"""Exercise 10.2: the interval of a difference."""

import numpy as np

from shared.exercises.draws import Generator, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def paired_interval(
    a: Array, b: Array, quantile: float
) -> tuple[Array, Array, Array]:
    differences = a - b
    mean = differences.mean()
    error = differences.std(ddof=1) / np.sqrt(len(differences))
    return mean, mean - quantile * error, mean + quantile * error


def draw_interval(rng: Generator) -> tuple:
    level = normal(rng, 6, scale=2.0)
    return level + normal(rng, 6) + 0.5, level + normal(rng, 6), 2.571


INTERVAL = Exercise(
    number="10.2",
    level=2,
    title="The interval of a difference",
    statement="""\
Two cells were trained with the same S seeds. Compute the mean of the paired
differences a - b and its confidence interval, mean ± quantile · s / √S, where s
is the standard deviation of the differences (divided by S - 1) and the quantile
of Student's t distribution is given.""",
    arguments={
        "a": "(S) scores of one cell",
        "b": "(S) scores of the other cell, with the same seeds",
        "quantile": "quantile of the t distribution, a float",
    },
    returns={
        "mean": "() mean difference",
        "low": "() lower end of the interval",
        "high": "() upper end of the interval",
    },
    reference=paired_interval,
    draw=draw_interval,
    mistakes=(
        Mistake(
            "not paired: the variances of both are added",
            "differences.std(ddof=1)",
            "np.sqrt(a.var(ddof=1) + b.var(ddof=1))",
        ),
        Mistake(
            "standard deviation divided by S: it is by S - 1",
            "ddof=1",
            "ddof=0",
        ),
        Mistake(
            "spread of a single seed: s is not divided by √S",
            " / np.sqrt(len(differences))",
            "",
        ),
        Mistake("difference of the wrong sign: it is a - b", "a - b", "b - a"),
        Mistake(
            "divided by S: the standard error divides by √S",
            "np.sqrt(len(differences))",
            "len(differences)",
        ),
    ),
    hints=(
        "Subtract first, then compute everything from the S differences.",
        "Check whether your std divides by S or by S - 1.",
    ),
)
