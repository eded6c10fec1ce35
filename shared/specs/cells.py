"""What each cell computes at a step."""

from typing import NamedTuple


class Cell(NamedTuple):
    """The gates in the order of the canonical weights, and the state.

    recurrent_bias: whether U h has a bias of its own, b_hh;
    retention_bias: the field of `ModelSpec` with the first bias of the second
    gate, where that gate retains the state;
    native: whether the frameworks have layers of it;
    linear: whether h' = a h + b, where a and b depend on the input alone, so
    that no matrix multiplies h and one scan computes all steps;
    norm_spans: over how many gates each layer normalization of a product goes
    (Ba, Kiros and Hinton 2016), such as the GRU's r z, then n; none where the
    cell has no normalized form.
    """

    gates: tuple[str, ...] = ()
    states: tuple[str, ...] = ("h",)
    recurrent_bias: bool = False
    retention_bias: str = ""
    native: bool = True
    linear: bool = False
    norm_spans: tuple[int, ...] = ()


TABLE = {
    "rnn": Cell(norm_spans=(1,)),
    "rnn-relu": Cell(),
    "gru": Cell(
        ("r", "z", "n"),
        recurrent_bias=True,
        retention_bias="update_bias",
        norm_spans=(2, 1),
    ),
    "lstm": Cell(
        *(("i", "f", "g", "o"), ("h", "c")),
        retention_bias="forget_bias",
        norm_spans=(4,),
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

NORM_SPANS = {
    name: cell.norm_spans for name, cell in TABLE.items() if cell.norm_spans
}
"""Cell with a layer-normalized form -> the gates of each normalization."""

NORM_EPSILON = 1e-5
"""Added to the variance, which is that of a span: divided by its size."""

IMPLS = ("native", "scratch", "bptt")
IMPLS_OF = {
    name: IMPLS if cell.native else ("scratch",) for name, cell in TABLE.items()
}
"""Cell -> its implementations: the framework's layers, cells from scratch, and
backpropagation through time by hand."""

NATIVE_CELLS = tuple(name for name, cell in TABLE.items() if cell.native)
"""Cells that the frameworks have layers of."""


def step_weights(cell: str, layer_norm: bool = False) -> tuple[str, ...]:
    """The weights that a step takes besides the state, in its order."""
    names = RECURRENT_WEIGHTS[cell]
    if not layer_norm:
        return names
    state = ("gain_c", "b_c") if "c" in STATE_NAMES[cell] else ()
    return (*names, "gain_hh", *state)


def cell_weights(cell: str, layer_norm: bool = False) -> tuple[str, ...]:
    """The weights of one layer and direction, in canonical order."""
    names = WEIGHT_NAMES[cell]
    if not layer_norm:
        return names
    gains = step_weights(cell, layer_norm)[len(RECURRENT_WEIGHTS[cell]) :]
    return (*names, "gain_ih", *gains)


def step_names(cell: str) -> tuple[str, ...]:
    """The gates, then the states, that a cell computes at each step."""
    return GATE_NAMES[cell] + STATE_NAMES[cell]
