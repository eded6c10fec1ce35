"""Large files: `python -m factories.large.files text|table N FILE`.

text: N megabytes of prose; table: N rows of twelve words and one of two labels.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

WORDS = np.array(
    [f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in "lnrst"]
)
BLOCK = 10_000
"""Lines that are drawn at once."""


def lines() -> Iterator[str]:
    """Twelve words each, without end."""
    draw = np.random.default_rng(0)
    while True:
        for words in draw.choice(WORDS, (BLOCK, 12)):
            yield " ".join(words)


def write_text(path: Path, megabytes: int) -> None:
    left = megabytes * 10**6
    with path.open("w", encoding="utf-8") as file:
        for line in lines():
            left -= file.write(f"{line}.\n")
            if left <= 0:
                return


def write_table(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("text,label\n")
        for number, line in zip(range(rows), lines()):
            file.write(f"{line} {number},{('bad', 'good')[number % 2]}\n")


WRITERS = {"text": write_text, "table": write_table}

if __name__ == "__main__":
    kind, size, name = sys.argv[1:]
    WRITERS[kind](Path(name), int(size))
