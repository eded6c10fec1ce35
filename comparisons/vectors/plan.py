"""Which cases there are: groups of cases of one kind and of the same shapes."""

from collections.abc import Iterator
from typing import NamedTuple

from comparisons.vectors.kinds import DIRECTIONS, KINDS, Shape, weight_shape

VERSION = "1.0"
"""Of the cases: a number after the dot for more of them, else before it."""

SHAPES = (
    *((1, 1, 2, 2), (1, 4, 3, 2), (2, 2, 1, 3), (3, 5, 2, 1), (4, 3, 2, 2)),
    *((5, 2, 3, 3), (7, 3, 2, 2), (10, 1, 2, 3), (12, 4, 1, 2)),
    *((25, 2, 2, 2), (50, 1, 2, 2)),
)
"""Steps T, batch B, features D, hidden units H."""

CLASSES = 4
"""Of CTC, the blank included."""

STATES = ("none", "zero", "drawn")
RAGGED = (False, True)
TRAINED_SHAPES = (4, 6)
"""Places in SHAPES with which a training of 20 steps is in the files."""


class PlannedCase(NamedTuple):
    """One case of a group; ragged: whether it has lengths."""

    id: str
    ragged: bool
    initial_state: str
    trained: bool


class Group(NamedTuple):
    """Cases whose arrays are stacked; `number` counts within the kind."""

    kind: str
    number: int
    directions: str
    layers: int
    steps: int
    batch: int
    inputs: int
    hidden: int
    cases: tuple[PlannedCase, ...]

    @property
    def prefixes(self) -> list[str]:
        """Of the weights of each layer and direction, as in `kinds`."""
        suffixes = DIRECTIONS.get(self.directions, ())
        layers = range(self.layers)
        return [f"rnn.{n}.{suffix}" for n in layers for suffix in suffixes]

    @property
    def width(self) -> int:
        """Columns of the outputs: H of each direction."""
        return self.hidden * max(1, len(DIRECTIONS.get(self.directions, ())))


def groups() -> Iterator[Group]:
    """All groups, kind by kind."""
    for name, kind in KINDS.items():
        made = FAMILIES[kind.family](name)
        for number, (directions, layers, place, cases) in enumerate(made):
            shape = SHAPES[place]
            if kind.layer_norm and shape[3] == 1:
                shape = (*shape[:3], 2)  # of one unit it is always 0
            planned = tuple(
                PlannedCase(f"{name}/{number}/{n}", *case)
                for n, case in enumerate(cases)
            )
            yield Group(name, number, directions, layers, *shape, planned)


Rows = Iterator[tuple[str, int, int, list[tuple[bool, str, bool]]]]
"""Directions, layers, place in SHAPES, and (ragged, state, trained)."""


def recurrent_rows(name: str) -> Rows:
    for layers in (1, 2):
        for directions in DIRECTIONS:
            for place in range(len(SHAPES)):
                trained = place in TRAINED_SHAPES
                cases = [
                    (ragged, state, trained and ragged and state == "drawn")
                    for ragged in RAGGED
                    for state in STATES
                ]
                yield directions, layers, place, cases


def attention_rows(name: str) -> Rows:
    weights = bool(KINDS[name].names)
    for place in range(len(SHAPES)):
        trained = weights and place in TRAINED_SHAPES
        rows = [(r, "none", trained and r) for r in RAGGED * 2]
        yield "", 1, place, rows


def ctc_rows(name: str) -> Rows:
    for place in range(len(SHAPES)):
        yield "", 1, place, [(r, "none", False) for r in RAGGED * 3]


FAMILIES = {
    "recurrent": recurrent_rows,
    "attention": attention_rows,
    "ctc": ctc_rows,
}


def array_shapes(group: Group) -> dict[str, Shape]:
    """The arrays of a case by which a loss is differentiated."""
    kind = KINDS[group.kind]
    if kind.family == "ctc":
        return {"x": (group.batch, group.steps, CLASSES)}
    inputs, hidden = group.inputs, group.hidden
    if kind.family == "attention":
        shapes: dict[str, Shape] = {
            "query": (group.batch, hidden),
            "x": (group.batch, group.steps, hidden),
        }
        named = {n: weight_shape(kind, n, hidden, hidden) for n in kind.names}
        return shapes | named
    count = len(group.prefixes)
    shapes = {"x": (group.batch, group.steps, inputs)}
    for state in kind.states:
        shapes[f"initial.{state}"] = (count, group.batch, hidden)
    for prefix in group.prefixes:
        size = inputs if prefix.startswith("rnn.0.") else group.width
        for name in kind.names:
            shape = weight_shape(kind, name, size, hidden)
            shapes[prefix + name] = shape
    return shapes


def target_shapes(group: Group) -> dict[str, Shape]:
    """The outputs of a case that have targets, as its loss reads them."""
    kind = KINDS[group.kind]
    if kind.family == "ctc":
        return {}
    if kind.family == "attention":
        return {"context": (group.batch, group.hidden)}
    shapes: dict[str, Shape] = {
        "outputs": (group.batch, group.steps, group.width)
    }
    count = len(group.prefixes)
    for state in kind.states:
        shapes[state] = (count, group.batch, group.hidden)
    return shapes
