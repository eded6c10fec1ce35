"""What each cell computes at a step."""

from typing import NamedTuple


class Cell(NamedTuple):
    """The gates in the order of the canonical weights, and the state.

    recurrent_bias: whether U h has a bias of its own, b_hh;
    retention_bias: the field of `ModelSpec` with the first bias of the second
    gate, where that gate retains the state;
    native: whether the frameworks have layers of it;
    linear: whether h' = a h + b, where a and b depend on the input alone, so
    that no matrix multiplies h and one scan computes all steps.
    """

    gates: tuple[str, ...] = ()
    states: tuple[str, ...] = ("h",)
    recurrent_bias: bool = False
    retention_bias: str = ""
    native: bool = True
    linear: bool = False


TABLE = {
    "rnn": Cell(),
    "rnn-relu": Cell(),
    "gru": Cell(
        ("r", "z", "n"), recurrent_bias=True, retention_bias="update_bias"
    ),
    "lstm": Cell(
        ("i", "f", "g", "o"), ("h", "c"), retention_bias="forget_bias"
    ),
    "mgu": Cell(("f", "n"), native=False),
    "mingru": Cell(("z", "n"), native=False, linear=True),
    "minlstm": Cell(
        *(("i", "f", "g"), ("h",)),
        retention_bias="forget_bias",
        native=False,
        linear=True,
    ),
}
CELLS = tuple(TABLE)
GATE_NAMES = {name: cell.gates for name, cell in TABLE.items()}
GATES = {name: len(cell.gates) or 1 for name, cell in TABLE.items()}

STATE_NAMES = {name: cell.states for name, cell in TABLE.items()}
"""Cell -> the tensors of its state, each (B, H)."""

RECURRENT_WEIGHTS = {
    name: ("w_hh",) * (not cell.linear) + ("b_hh",) * cell.recurrent_bias
    for name, cell in TABLE.items()
}
"""Cell -> the weights that a step applies to the state."""

WEIGHT_NAMES = {
    name: ("w_ih", *weights[:1], "b_ih", *weights[1:])
    for name, weights in RECURRENT_WEIGHTS.items()
}
"""Cell -> the weights of one layer and direction."""

IMPLS = ("native", "scratch")
IMPLS_OF = {
    name: IMPLS if cell.native else IMPLS[1:] for name, cell in TABLE.items()
}
"""Cell -> its implementations: the framework's layers, and from scratch."""


def step_names(cell: str) -> tuple[str, ...]:
    """The gates, then the states, that a cell computes at each step."""
    return GATE_NAMES[cell] + STATE_NAMES[cell]
