"""Exercise 10.1: count parameters."""

from shared.exercises.draws import Generator
from shared.exercises.exercise import Exercise, Mistake


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
