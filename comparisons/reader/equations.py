"""The equations of the cells, as text and as MathML."""

import re
from typing import NamedTuple

from shared.exhibits.cells import SHOWN_CELLS


class Equation(NamedTuple):
    """The equations of a cell, gate by gate, and their source."""

    lines: tuple[str, ...]
    source: str


EQUATIONS = {
    cell: Equation(shown.equations, shown.source)
    for cell, shown in SHOWN_CELLS.items()
}

TOKEN = re.compile(
    r"(?P<name>[a-zA-Zσ]+)(?:_(?P<below>\w+))?(?P<after>')?"
    r"|(?P<number>\d+)|(?P<sign>\S)"
)
FUNCTIONS = ("σ", "tanh", "relu")
PRODUCT, APPLIED = "\N{INVISIBLE TIMES}", "\N{FUNCTION APPLICATION}"


NARROW = 34
"""Characters of an equation that fit next to the code."""


def breakable(line: str) -> list[str]:
    """The line, or its two halves where it is long: a browser breaks none.

    The second one begins with the sign of its first term.
    """
    places = [found.start() + 1 for found in re.finditer(r" \+ ", line)]
    if len(line) <= NARROW or not places:
        return [line]
    half = min(places, key=lambda place: abs(place - len(line) / 2))
    return [line[: half - 1], line[half:]]


def tokens(line: str) -> list[dict[str, str]]:
    """The groups of each TOKEN, with implicit operators.

    These are of products and of function application.
    """
    line = re.sub(r"(\b[WU]\w*) (?=[\w(])", rf"\1{PRODUCT}", line)
    line = re.sub(rf"\b({'|'.join(FUNCTIONS)})\(", rf"\1{APPLIED}(", line)
    return [found.groupdict("") for found in TOKEN.finditer(line)]
