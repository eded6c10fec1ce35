"""A line of code as pieces: colored, marked, linked, explained."""

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from comparisons.reader.documentation import links
from comparisons.reader.highlight import PROSE, colored
from comparisons.reader.shape_legend import split_at_shapes

ARROW = re.compile("->")
"""A browser would break the line within it."""


class Piece(NamedTuple):
    """Text of one kind.

    marked: it differs between the frameworks; legend: of the letters of a
    shape; address: of the documentation.
    """

    text: str
    kind: str
    marked: bool
    legend: str
    address: str


@cache
def pieces(
    package: str,
    text: str,
    number: int,
    marks: tuple[tuple[int, int], ...] = (),
) -> list[Piece]:
    """The pieces of a line of a file, without empty ones."""
    line = "".join(words for _, words in colored(text)[number - 1])
    kinds: list[tuple[int, int, str]] = []
    legends: list[tuple[int, int, str]] = []
    start = 0
    for kind, words in colored(text)[number - 1]:
        kinds.append((start, start + len(words), kind))
        place = start
        for part, legend in split_at_shapes(words) if kind in PROSE else []:
            if legend:
                legends.append((place, place + len(part), legend))
            place += len(part)
        start += len(words)
    arrows = [(*found.span(), "arrow") for found in ARROW.finditer(line)]
    known = [] if _is_prose(kinds, line) else links(package, line)
    marked = [(first, last, "yes") for first, last in marks]
    edges = {0, len(line)}
    for layer in (kinds, legends, arrows, known, marked):
        edges |= {edge for first, last, _ in layer for edge in (first, last)}
    for first, last, _ in legends:  # a shape is one piece
        edges -= set(range(first + 1, last))
    return [
        Piece(
            line[first:last],
            _at(first, arrows) or _at(first, kinds),
            bool(_at(first, marked)),
            _at(first, legends),
            "" if _at(first, kinds) in PROSE else _at(first, known),
        )
        for first, last in pairwise(sorted(edges))
    ]


def _is_prose(kinds: list[tuple[int, int, str]], line: str) -> bool:
    return line.lstrip().startswith(("#", '"""', "import ", "from "))


def _at(place: int, layer: list[tuple[int, int, str]]) -> str:
    """What a layer says of a column; empty where it says nothing."""
    return next((w for first, last, w in layer if first <= place < last), "")


def plain_lines(text: str) -> list[list[Piece]]:
    """All lines of a file that belongs to no package."""
    return [pieces("", text, n) for n in range(1, text.count("\n") + 1)]
