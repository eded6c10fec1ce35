"""Chapter 10: choosing a model."""

import numpy as np

from shared.exercises.draws import Generator, normal
from shared.exercises.exercise import Exercise, Mistake
from shared.specs import Array


def count_parameters(inputs: int, hidden: int) -> tuple[int, int, int]:
    products = (inputs + hidden) * hidden
    rnn = products + hidden
    gru = 3 * (products + 2 * hidden)
    lstm = 4 * (products + hidden)
    return rnn, gru, lstm


def draw_count(rng: Generator) -> tuple:
    return int(rng.integers(3, 20)), int(rng.integers(20, 60))


COUNT = Exercise(
    number="10.1",
    level=1,
    title="Count parameters",
    statement="""\
Count the parameters of one layer of each cell with D inputs and H units. A gate
or candidate has a matrix (D, H), a matrix (H, H) and one bias (H). An RNN has
one such block, a GRU three, an LSTM four. A GRU has a second bias in each
block, as its reset gate comes after the product. No framework is needed.""",
    arguments={
        "inputs": "number of inputs D, an int",
        "hidden": "number of units H, an int",
    },
    returns={
        "rnn": "parameters of the RNN, an int",
        "gru": "parameters of the GRU, an int",
        "lstm": "parameters of the LSTM, an int",
    },
    reference=count_parameters,
    draw=draw_count,
    mistakes=(
        Mistake(
            "second bias counted: only the GRU has one; PyTorch has two in "
            "each cell",
            "rnn = products + hidden",
            "rnn = products + 2 * hidden",
            (("4 * (products + hidden)", "4 * (products + 2 * hidden)"),),
        ),
        Mistake(
            "recurrent bias of the GRU lost: its blocks have two",
            "3 * (products + 2 * hidden)",
            "3 * (products + hidden)",
        ),
        Mistake(
            "LSTM with three blocks: i, f, g and o are four",
            "4 * (products",
            "3 * (products",
        ),
        Mistake(
            "recurrent matrix of the size of the input: it is (H, H)",
            "(inputs + hidden) * hidden",
            "2 * inputs * hidden",
        ),
    ),
    hints=(
        "A block of the RNN has D H + H H + H parameters.",
        "GRU: 3 (D H + H H + 2 H). LSTM: 4 (D H + H H + H).",
    ),
)


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


def largest_hidden_size(budget: int, blocks: int, inputs: int) -> int:
    hidden = 0
    while blocks * (inputs + hidden + 2) * (hidden + 1) <= budget:
        hidden += 1
    return hidden


def draw_budget(rng: Generator) -> tuple:
    blocks = int(rng.choice([1, 4]))
    budget = int(rng.integers(2_000, 9_000))
    return budget, blocks, int(rng.integers(8, 30))


BUDGET = Exercise(
    number="10.3",
    level=1,
    title="Equal budgets",
    statement="""\
Cells are compared at an equal number of parameters. Return the largest number
of units H with which one layer of `blocks` blocks has at most `budget`
parameters: blocks · (D + H + 1) · H. No framework is needed.""",
    arguments={
        "budget": "largest number of parameters, an int",
        "blocks": "blocks of the cell (RNN 1, LSTM 4), an int",
        "inputs": "number of inputs D, an int",
    },
    returns={"hidden": "number of units H, an int"},
    reference=largest_hidden_size,
    draw=draw_budget,
    cases=8,
    mistakes=(
        Mistake(
            "one unit too many: the budget is exceeded",
            "return hidden",
            "return hidden + 1",
        ),
        Mistake(
            "one unit too few: one more fits into the budget",
            "return hidden",
            "return hidden - 1",
        ),
        Mistake(
            "biases forgotten: a block has H of them",
            "inputs + hidden + 2",
            "inputs + hidden + 1",
        ),
        Mistake(
            "blocks forgotten: an LSTM has four",
            "blocks * (inputs",
            "(inputs",
        ),
    ),
    hints=(
        "Count up from 0 until one more unit would exceed the budget.",
        "Or solve the quadratic equation and round down.",
    ),
)

EXERCISES = (COUNT, INTERVAL, BUDGET)
