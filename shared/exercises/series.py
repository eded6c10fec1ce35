"""Chapter 8: series and signals."""

import numpy as np

from shared.exercises.draws import Generator, layer_weights, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.exercises.sequences import WEIGHTS
from shared.specs import Array


def normalize(train: Array, test: Array) -> tuple[Array, Array]:
    mean, std = train.mean(), train.std()
    return (train - mean) / std, (test - mean) / std


def draw_normalize(rng: Generator) -> tuple:
    level = float(rng.uniform(1.0, 3.0))
    return normal(rng, 9, scale=2.0) + level, normal(rng, 6, scale=3.0) - level


NORMALIZE = Exercise(
    number="8.1",
    level=1,
    title="Normalize without looking ahead",
    statement="""\
Normalize both splits of a series by the mean and the standard deviation of the
training split: subtract the mean, divide by the standard deviation. The
standard deviation is the root of the mean squared deviation (divided by N, not
by N - 1).""",
    arguments={
        "train": "(N) values of the training split",
        "test": "(M) values of the test split",
    },
    returns={
        "train": "(N) normalized values",
        "test": "(M) normalized values",
    },
    reference=normalize,
    draw=draw_normalize,
    mistakes=(
        Mistake(
            "test split in the statistics: they are of the training split",
            "mean, std = train.mean(), train.std()",
            "both = np.concatenate([train, test])\n"
            "    mean, std = both.mean(), both.std()",
        ),
        Mistake(
            "test split normalized by itself: its level would be lost",
            "(test - mean) / std",
            "(test - test.mean()) / test.std()",
        ),
        Mistake(
            "divided by the variance: its root is missing",
            "train.std()",
            "train.var()",
        ),
        Mistake(
            "standard deviation with N - 1, the default of torch.std",
            "train.std()",
            "train.std(ddof=1)",
        ),
    ),
    hints=(
        "Two numbers, computed once from `train`, normalize both splits.",
        "Check whether your std divides by N or by N - 1.",
    ),
)


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


def ctc_collapse(path: Array, blank: int) -> list[int]:
    tokens = path.tolist()
    changes = [k for i, k in enumerate(tokens) if i == 0 or k != tokens[i - 1]]
    return [k for k in changes if k != blank]


def draw_path(rng: Generator) -> tuple:
    path = np.concatenate([[2, 2, 0, 2, 1, 0, 0, 3], rng.integers(0, 4, 8)])
    return path, 0


CTC_COLLAPSE = Exercise(
    number="8.4",
    level=1,
    title="From frames to labels",
    statement="""\
CTC gives a label or a blank to each frame of a signal (Graves et al. 2006).
Turn such a path into its labels: first merge repeated labels, then drop the
blanks. The path a a - a b is a a b.""",
    arguments={
        "path": "(T) label of each frame",
        "blank": "index of the blank, an int",
    },
    returns={"labels": "a list of ints"},
    reference=ctc_collapse,
    draw=draw_path,
    mistakes=(
        Mistake(
            "blanks dropped before repetitions are merged: the blank between "
            "two equal labels keeps them apart",
            "tokens = path.tolist()",
            "tokens = path[path != blank].tolist()",
        ),
        Mistake(
            "repetitions not merged: a label of several frames is one",
            "for k in changes if",
            "for k in tokens if",
        ),
        Mistake(
            "blanks not dropped: they are no labels",
            "for k in changes if k != blank",
            "for k in changes",
        ),
        Mistake(
            "all duplicates removed: a label can occur again later",
            "k for i, k in enumerate(tokens) if i == 0 or k != tokens[i - 1]",
            "k for i, k in enumerate(tokens) if k not in tokens[:i]",
        ),
    ),
    hints=(
        "Compare each frame with the one before.",
        "Keep a frame where it differs from the one before and is no blank.",
    ),
)


def forecast_ahead(
    x: Array,
    w_ih: Array,
    w_hh: Array,
    b: Array,
    w_out: Array,
    steps: int,
) -> Array:
    h = np.zeros((len(x), len(w_hh)))
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ w_ih + h @ w_hh + b)
    forecasts = []
    for _ in range(steps):
        value = h @ w_out
        forecasts.append(value)
        h = np.tanh(value @ w_ih + h @ w_hh + b)
    return np.stack(forecasts, axis=1)


def draw_ahead(rng: Generator) -> tuple:
    layer = layer_weights(rng, 2, 4)
    return normal(rng, 3, 5, 2), *layer, normal(rng, 4, 2, scale=0.7), 4


AHEAD = Exercise(
    number="8.5",
    level=2,
    title="Forecast several steps ahead",
    statement="""\
Forecast a series recursively. Read x with a vanilla RNN from a state of zeros,
h' = tanh(value W + h U + b). Then, `steps` times, the forecast of the next
value is h w_out, and the network reads it as if it had been observed.""",
    arguments={
        "x": "(B, T, D) observed values",
        **WEIGHTS,
        "w_out": "(H, D) weights of the head",
        "steps": "number of values to forecast S, an int",
    },
    returns={"forecasts": "(B, S, D) forecast of each step"},
    reference=forecast_ahead,
    draw=draw_ahead,
    mistakes=(
        Mistake(
            "forecast not fed back: the last observed value is read again",
            "value @ w_ih",
            "x[:, -1] @ w_ih",
        ),
        Mistake(
            "state not passed on: each forecast is read from zeros",
            "np.tanh(value @ w_ih + h @ w_hh + b)",
            "np.tanh(value @ w_ih + b)",
        ),
        Mistake(
            "first forecast lost: the last observed value is read twice",
            "forecasts = []",
            "forecasts, h = [], np.tanh(x[:, -1] @ w_ih + h @ w_hh + b)",
        ),
        Mistake(
            "one forecast repeated: the state does not change",
            "h = np.tanh(value @ w_ih + h @ w_hh + b)",
            "pass",
        ),
    ),
    hints=(
        "As greedy generation (exercise 6.6), with a value in place of a "
        "token.",
        "In each turn: value = h @ w_out, append it, update h with it.",
    ),
)

EXERCISES = (NORMALIZE, MASE, PINBALL, CTC_COLLAPSE, AHEAD)
