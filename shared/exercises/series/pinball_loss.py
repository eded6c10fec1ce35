"""Exercise 8.3: quantile loss."""

import numpy as np

from shared.exercises.draws import Generator, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def pinball_loss(forecast: Array, y: Array, levels: Array) -> Array:
    error = y[:, None] - forecast
    return np.maximum(levels * error, (levels - 1) * error).mean()


def draw_pinball(rng: Generator) -> tuple:
    levels = np.array([0.1, 0.6, 0.9])
    return np.sort(normal(rng, 4, 3), axis=1), normal(rng, 4), levels


PINBALL = Exercise(
    number="8.3",
    level=1,
    title="Quantile loss",
    statement="""\
Compute the quantile (pinball) loss (Koenker and Bassett 1978), the mean over
batch and levels. With e = y - ŷ, the error of the forecast at level q costs
q e where e >= 0 and (q - 1) e where e < 0.""",
    arguments={
        "forecast": "(B, Q) forecast of each quantile",
        "y": "(B) observed value",
        "levels": "(Q) levels q of the quantiles",
    },
    returns={"loss": "() mean loss"},
    reference=pinball_loss,
    draw=draw_pinball,
    mistakes=(
        Mistake(
            "sign of the error exchanged: level q is fitted as 1 - q",
            "y[:, None] - forecast",
            "forecast - y[:, None]",
        ),
        Mistake(
            "absolute error: all levels would be fitted as the median",
            "np.maximum(levels * error, (levels - 1) * error)",
            "np.abs(error)",
        ),
        Mistake(
            "smaller of both costs: the larger one counts",
            "np.maximum",
            "np.minimum",
        ),
        Mistake(
            "sum over the levels: the loss is the mean over batch and levels",
            ".mean()",
            ".sum(axis=1).mean()",
        ),
    ),
    hints=(
        "y needs a second axis to be subtracted from (B, Q).",
        "The loss is the maximum of q e and (q - 1) e.",
    ),
)
