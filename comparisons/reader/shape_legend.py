"""The letters of shapes, from the table that `shared.specs` opens with."""

import re
from functools import cache

from shared import specs

FACTOR = r"(?:\d+|\d*[A-Z]'?)"
SIZE = rf"{FACTOR}(?:·{FACTOR})*"
SHAPE = re.compile(rf"\({SIZE}(?:, {SIZE})*,?\)")
LETTER = re.compile(r"[A-Z]'?")


@cache
def shape_legend() -> dict[str, str]:
    """Letter -> its meaning, row by row of the table."""
    rows = str(specs.__doc__).splitlines()
    first, last = (n for n, row in enumerate(rows) if row.startswith("=="))
    spans = [found.span() for found in re.finditer("=+", rows[first])]
    return {
        row[start:end].strip(): row[left:right].strip()
        for (start, end), (left, right) in zip(spans[::2], spans[1::2])
        for row in rows[first + 1 : last]
    }


def split_at_shapes(text: str) -> list[tuple[str, str]]:
    """Parts of a text, each with the legend of its letters if it is a shape."""
    legend = shape_legend()
    found, end = [], 0
    for shape in SHAPE.finditer(text):
        letters = dict.fromkeys(LETTER.findall(shape[0]))
        if letters:
            words = "; ".join(
                f"{n} {legend[n]}" for n in letters if n in legend
            )
            found += [(text[end : shape.start()], ""), (shape[0], words)]
            end = shape.end()
    return [*found, (text[end:], "")]
