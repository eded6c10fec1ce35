"""Blocks of the page on the changes since another comparison."""

from pathlib import Path

from comparisons.analysis.changes import Changes, changes
from comparisons.analysis.changes_text import (
    HEADINGS,
    by_measure,
    cells,
    sentences,
)
from comparisons.analysis.loading import Comparison, read_parts
from comparisons.report.blocks import Block, Cell, Sentences, Table, TableRow
from shared.errors import UserError


def compared(parts: list[Comparison], folder: Path) -> Changes:
    """The changes between the one comparison of each side."""
    both = (parts, read_parts([folder]))
    for side in both:
        if len(side) > 1:
            raise UserError(
                f"'{side[0].folder}' holds {len(side)} comparisons "
                f"({'; '.join(part.label for part in side)}); --against "
                "compares one with one: use a separate --out for each"
            )
    (new,), (old,) = both
    return changes(new.summary, old.summary)


def changed_blocks(found: Changes) -> list[Block]:
    """The sentences, then each measure's table of new and old values."""
    tables = [
        Table(
            name=f"changed-{number}",
            caption=f"Changes: {name}",
            headings=HEADINGS,
            rows=tuple(
                TableRow(tuple(map(Cell, cells(one))), one.framework, one.cell)
                for one in group
            ),
            heads=2,
            numeric=frozenset(HEADINGS) - {"framework", "cell", "verdict"},
        )
        for number, (name, group) in enumerate(by_measure(found).items(), 1)
    ]
    return [Sentences(tuple(sentences(found))), *tables]
