"""Exercise 8.2: the mean absolute scaled error."""

import numpy as np

from shared.exercises.draws import Generator, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def mase(forecast: Array, actual: Array, train: Array, season: int) -> Array:
    naive = np.abs(train[season:] - train[:-season]).mean()
    return np.abs(forecast - actual).mean() / naive


def draw_mase(rng: Generator) -> tuple:
    actual = normal(rng, 8)
    return actual + normal(rng, 8), actual, normal(rng, 12), 3


MASE = Exercise(
    number="8.2",
    level=1,
    title="The mean absolute scaled error",
    statement="""\
Compute the MASE of a forecast (Hyndman and Koehler 2006): its mean absolute
error, divided by that of the seasonal naive forecast on the training split,
which repeats the value of `season` steps before. Below 1 the forecast is better
than that.""",
    arguments={
        "forecast": "(M) forecast of the test split",
        "actual": "(M) values of the test split",
        "train": "(N) values of the training split",
        "season": "steps of a season, an int",
    },
    returns={"mase": "() a number"},
    reference=mase,
    draw=draw_mase,
    mistakes=(
        Mistake(
            "scaled by the test split: the naive error is of the training "
            "split",
            "train[season:] - train[:-season]",
            "actual[season:] - actual[:-season]",
        ),
        Mistake(
            "season ignored: the naive forecast repeats the value before",
            "train[season:] - train[:-season]",
            "train[1:] - train[:-1]",
        ),
        Mistake(
            "squared errors: MASE has absolute ones",
            "np.abs(train[season:] - train[:-season])",
            "((train[season:] - train[:-season]) ** 2)",
            (("np.abs(forecast - actual)", "((forecast - actual) ** 2)"),),
        ),
        Mistake("not scaled: that is the mean absolute error", " / naive", ""),
    ),
    hints=(
        "Two mean absolute errors and one division.",
        "The naive errors are train[season:] - train[:-season].",
    ),
)
