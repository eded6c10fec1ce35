"""One error as a programmer makes it, and what catches it."""

from collections.abc import Callable
from typing import NamedTuple

from comparisons.equivalence.case import Case
from shared.specs import TrainSpec

FORWARD = {"forward"}
LEARNING = {"gradient", "trajectory"}


class Mutation(NamedTuple):
    """One planted error.

    name: what is wrong; function: what is replaced, `file.name`, `name` of the
    package, `file.TABLE[key]` or several with spaces between, "call" for a
    forward pass; wrong: the right function and the package -> the wrong one;
    case: the model that is checked; red: the checks that fail, and no others;
    training: where the error is one of the optimizer; everywhere: planted in
    all packages.
    """

    name: str
    function: str | dict[str, str]
    wrong: Callable
    case: Case
    red: set[str]
    training: TrainSpec | None = None
    everywhere: bool = False
