"""Exercise 10.3: equal budgets."""

from shared.exercises.draws import Generator
from shared.exercises.exercise import Exercise, Mistake


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
