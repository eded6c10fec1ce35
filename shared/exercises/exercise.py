"""What an exercise is, and how its reference is changed into a mistaken one."""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from shared.exercises.draws import softmax
from shared.reference.cells import sigmoid
from shared.reference.softmax import log_softmax

LEVELS = {
    1: "one idea, a few lines",
    2: "several ideas together",
    3: "a whole algorithm",
}
"""Level -> what it asks for."""

CASES = 3

NAMES = {
    "np": np,
    "log_softmax": log_softmax,
    "sigmoid": sigmoid,
    "softmax": softmax,
}
"""What the code of a mistake may call besides what the reference does."""


class Mistake(NamedTuple):
    """An error that students make, planted in the reference.

    text: its title, a colon, and what it means; right, wrong: the code in the
    reference and what replaces it; more: further such pairs.
    """

    text: str
    right: str
    wrong: str
    more: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        return self.text.partition(":")[0]


@dataclass(frozen=True)
class Exercise:
    """A function to write, and all that grades it.

    arguments, returns: name -> shape in parentheses and meaning; draw: the
    arguments of a case, arrays and Python values, from a generator.
    """

    number: str  # "3.2": chapter and place
    level: int
    title: str
    statement: str
    arguments: Mapping[str, str]
    returns: Mapping[str, str]
    reference: Callable[..., Any]
    draw: Callable[[np.random.Generator], tuple[Any, ...]]
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, str]
    cases: int = CASES

    @property
    def chapter(self) -> int:
        return int(self.number.partition(".")[0])

    @property
    def function(self) -> str:
        """The name of the function that an answer defines."""
        return self.reference.__name__

    @property
    def signature(self) -> str:
        return f"{self.function}({', '.join(self.arguments)})"

    @cached_property
    def source(self) -> str:
        return inspect.getsource(self.reference)

    @cached_property
    def drawn(self) -> list[tuple[Any, ...]]:
        """The arguments of each case, floats rounded to float32."""
        place = [int(part) for part in self.number.split(".")]
        return [
            tuple(map(rounded, self.draw(np.random.default_rng([*place, i]))))
            for i in range(self.cases)
        ]

    def mistaken(self, mistake: Mistake) -> Callable[..., Any]:
        """The reference with a mistake planted in its source."""
        source = self.source
        for right, wrong in ((mistake.right, mistake.wrong), *mistake.more):
            if source.count(right) != 1:
                raise ValueError(
                    f"exercise {self.number}, {mistake.title}: '{right}' is "
                    f"{source.count(right)} times in the reference"
                )
            source = source.replace(right, wrong)
        names: dict[str, Any] = NAMES | self.reference.__globals__
        exec(compile(source, f"<{mistake.title}>", "exec"), names)
        mistaken: Callable[..., Any] = names[self.function]
        return mistaken


def rounded(value: Any) -> Any:
    """A float array as float64 with the values of float32; others as given."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value.astype(np.float32).astype(np.float64)
    return value


def letters(description: str) -> list[str]:
    """The axes of `(B, T, 2H) outputs`: B, T, 2H; none of a number."""
    found = re.match(r"\(([^)]*)\)", description)
    axes = found[1].split(",") if found else []
    return [axis.strip() for axis in axes if axis.strip()]
