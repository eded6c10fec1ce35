"""Blocks of the page on what changed since another comparison."""

from __future__ import annotations

from pathlib import Path

from comparisons.analysis.changes import Change, Changes, changes
from comparisons.analysis.changes_text import HEADINGS, cells, sentences
from comparisons.analysis.loading import Comparison, read_parts
from comparisons.report.blocks import Block, Cell, Line, Sentences, Table
from shared.errors import UserError


def compared(parts: list[Comparison], folder: Path) -> Changes:
    """The one comparison of some parts beside that of another folder."""
    both = (parts, read_parts([folder]))
    for side in both:
        if len(side) > 1:
            raise UserError(
                f"'{side[0].folder}' holds {len(side)} comparisons "
                f"({'; '.join(part.label for part in side)}); --against "
                "compares one with one: give each an --out of its own"
            )
    (new,), (old,) = both
    return changes(new.summary, old.summary)


def changed_blocks(found: Changes) -> list[Block]:
    """The sentences, then each measure's table."""
    groups: dict[str, list[Change]] = {}
    for change in found.changes:
        groups.setdefault(change.measure.name, []).append(change)
    tables = [
        table(f"changed-{place}", name, group)
        for place, (name, group) in enumerate(groups.items(), 1)
    ]
    return [Sentences(tuple(sentences(found))), *tables]


def table(identifier: str, name: str, group: list[Change]) -> Table:
    """One measure: new and old values of each row, and the test."""
    return Table(
        name=identifier,
        caption=f"What changed: {name}",
        headings=HEADINGS,
        lines=tuple(
            Line(
                tuple(map(Cell, cells(change))),
                change.framework,
                change.cell,
            )
            for change in group
        ),
        heads=2,
        numeric=frozenset(HEADINGS) - {"framework", "cell", "verdict"},
    )
