"""Which columns of lines hold words and tags, and what the tags mean."""

import re
from collections.abc import Sequence
from pathlib import Path

from shared.errors import DataError, unknown
from shared.text.tagged import BIO

PLACEHOLDERS = {"_", "-", "-X-"}
"""What a column of CoNLL holds that says nothing."""

BRACKETS = re.compile(r"\(\w+\*?\)?|\*\)?")
"""The tags of CoNLL-2012."""

COUNTERS = 4
"""First columns, one of which may count the words of a sentence."""

Cells = list[str]
"""The columns of a line."""


def usual_places(
    sentences: Sequence[Sequence[Cells]], width: int
) -> tuple[int, int]:
    """The columns of the words and of the tags.

    Words are behind a column that counts them in each sentence. Of two columns
    the first has the tags if all in it are O, B-type or I-type.
    """
    tag = width - 1
    several = max(map(len, sentences), default=0) > 1
    counted = [
        place + 1
        for place in range(min(COUNTERS, width - 2))
        if several and any(_counts(sentences, place, n) for n in (0, 1))
    ]
    word = counted[0] if counted else 0
    rows = [cells for own in sentences for cells in own]
    while tag > word + 1 and {cells[tag] for cells in rows} <= PLACEHOLDERS:
        tag -= 1
    first, last = (
        all(BIO.fullmatch(cells[place]) for cells in rows) for place in (0, tag)
    )
    return (tag, 0) if width == 2 and first and not last else (word, tag)


def _counts(
    sentences: Sequence[Sequence[Cells]], place: int, first: int
) -> bool:
    """Whether a column counts the words of each sentence."""
    return all(
        cells[place] == str(number)
        for rows in sentences
        for number, cells in enumerate(rows, first)
    )


def named_place(
    path: Path, name: str, names: Cells, width: int, place: int
) -> int:
    """The place of a column by its name or number, else the usual place."""
    if not name:
        return place
    if name.isdecimal() and 0 < int(name) <= width:
        return int(name) - 1
    if name in names:
        return names.index(name)
    choices = [str(number + 1) for number in range(width)]
    raise DataError(f"{path}: {unknown('column', name, choices)}")


def bracketed(tags: list[str]) -> list[str]:
    """Entities such as (GPE*, * and *) as B-GPE and I-GPE; others stay."""
    if not all(map(BRACKETS.fullmatch, tags)):
        return tags
    found, inside = [], ""
    for tag in tags:
        begins = tag.strip("(*)")
        inside = begins or inside
        mark = "B" if begins else "I"
        found.append(f"{mark}-{inside}" if inside else "O")
        inside = "" if tag.endswith(")") else inside
    return found
