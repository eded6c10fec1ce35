"""The shape letters, from the table that `shared.specs` opens with."""

from __future__ import annotations

import re
from functools import cache

from shared import specs

FACTOR = r"(?:\d+|\d*[A-Z]'?)"
SIZE = rf"{FACTOR}(?:·{FACTOR})*"
SHAPE = re.compile(rf"\({SIZE}(?:, {SIZE})*,?\)")
LETTER = re.compile(r"[A-Z]'?")


@cache
def shape_letters() -> dict[str, str]:
    """Letter -> its meaning, row by row of the table."""
    rows = str(specs.__doc__).splitlines()
    first, last = (n for n, row in enumerate(rows) if row.startswith("=="))
    spans = [found.span() for found in re.finditer("=+", rows[first])]
    found = {}
    for (start, end), (left, right) in zip(spans[::2], spans[1::2]):
        for row in rows[first + 1 : last]:
            found[row[start:end].strip()] = row[left:right].strip()
    return found


def pieces(text: str) -> list[tuple[str, str]]:
    """A text cut at its shapes: each piece, and the legend of a shape."""
    found, place = [], 0
    for shape in SHAPE.finditer(text):
        if LETTER.search(shape[0]):
            found.append((text[place : shape.start()], ""))
            found.append((shape[0], meaning(shape[0])))
            place = shape.end()
    return [*found, (text[place:], "")]


def meaning(shape: str) -> str:
    """Legend of a shape's letters: `(B, T)` -> `B batch, ...`."""
    letters = dict.fromkeys(LETTER.findall(shape))
    known = shape_letters()
    return "; ".join(f"{n} {known[n]}" for n in letters if n in known)
