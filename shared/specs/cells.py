"""What each cell computes at a step."""

GATE_NAMES: dict[str, tuple[str, ...]] = {
    "rnn": (),
    "rnn-relu": (),
    "gru": ("r", "z", "n"),
    "lstm": ("i", "f", "g", "o"),
}
"""Cell -> its gates, in the order of the canonical weights."""

GATES = {cell: len(names) or 1 for cell, names in GATE_NAMES.items()}
CELLS = tuple(GATES)

STATE_NAMES = {c: ("h", "c") if c == "lstm" else ("h",) for c in CELLS}
"""Cell -> the tensors of its state, each (B, H)."""


def step_names(cell: str) -> tuple[str, ...]:
    """The gates, then the states, that a cell computes at each step."""
    return GATE_NAMES[cell] + STATE_NAMES[cell]
