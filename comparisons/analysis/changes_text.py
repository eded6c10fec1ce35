"""What changed between two comparisons, in sentences and in tables."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Table

from comparisons.analysis.changes import (
    BETTER,
    NO_TEST,
    NOT_SHOWN,
    SAME,
    WORSE,
    Change,
    Changes,
    changes,
)
from comparisons.analysis.findings import listed, p_text
from comparisons.analysis.statistics import number

__all__ = ["Changes", "cells", "changes", "print_changes", "sentences"]

HEADINGS = ("framework", "cell", "new", "old", "change", "p", "verdict")
MANY = 2
"""Rows up to which all of them are named one by one."""

WORDS = {"framework", "cell", "verdict"}
"""Headings above words, not numbers."""


def sentences(found: Changes) -> list[str]:
    """One sentence each: how both were made, then measure by measure."""
    said = [*made(found), *rows(found)]
    for name, group in by_measure(found).items():
        part = untested if group[0].measure.untested else tested
        said += part(name, group)
    named = [c for c in found.changes if c.verdict in (BETTER, WORSE)]
    if any(change.measure.timed for change in named):
        said.append(
            "Times of two sessions: the test supports that they differ, not "
            "that the code is the reason."
        )
    return said


def made(found: Changes) -> Iterator[str]:
    """What differs in machine, versions, commit and choices."""
    if not found.manifest:
        yield "Both were made alike: machine, versions, commit and choices."
        return
    shown = [f"{d.name} {d.new} (before {d.old})" for d in found.manifest]
    yield f"Made otherwise: {'; '.join(shown)}."


def rows(found: Changes) -> Iterator[str]:
    """Rows that one side lacks, and rows that did not end alike."""
    for side, only in (("new", found.only_new), ("old", found.only_old)):
        if only:
            names = listed([" ".join(row) for row in only])
            yield f"Only the {side} comparison has {names}."
    for name, new, old in found.statuses:
        yield f"{name}: {new} (before {old})."


def tested(name: str, group: list[Change]) -> Iterator[str]:
    """The changes that a test supports, then those that none does."""
    for change in group:
        if change.verdict in (BETTER, WORSE):
            yield (
                f"{name}, {change.row}: {change.verdict}, "
                f"{values(change)} ({p_text(change.p)})."
            )
    for verdict, text in (
        (NOT_SHOWN, "no test supports a change"),
        (NO_TEST, "no test without two shared seeds"),
        (SAME, "the same"),
    ):
        names = [c.row for c in group if c.verdict == verdict]
        everywhere = len(names) == len(group) > MANY
        if names:
            where = "every row" if everywhere else listed(names)
            yield f"{name}: {text} for {where}."


def untested(name: str, group: list[Change]) -> Iterator[str]:
    """What changed in a measure that admits no test."""
    changed = [c for c in group if c.verdict != SAME]
    if not changed:
        yield f"{name}: the same in every row."
        return
    shown = [f"{change.row} {values(change)}" for change in changed]
    why = group[0].measure.untested
    yield f"{name} (no test: {why}): {'; '.join(shown)}."


def values(change: Change) -> str:
    """New and old value, and the ratio."""
    form = change.measure.form
    ratio = number(change.ratio, ".2f")
    return f"{change.new:{form}} against {change.old:{form}}, {ratio} ×"


def by_measure(found: Changes) -> dict[str, list[Change]]:
    """Measure -> its changes, in the order of the rows."""
    groups: dict[str, list[Change]] = {}
    for change in found.changes:
        groups.setdefault(change.measure.name, []).append(change)
    return groups


def cells(change: Change) -> tuple[str, ...]:
    """What stands below HEADINGS."""
    form = change.measure.form
    shown = f"{number(change.ratio, '.3f')} ×"
    p = "-" if math.isnan(change.p) else f"{change.p:.2g}"
    values = (f"{change.new:{form}}", f"{change.old:{form}}")
    return change.framework, change.cell, *values, shown, p, change.verdict


def print_changes(found: Changes, console: Console) -> None:
    """A table for each measure, then the sentences."""
    for name, group in by_measure(found).items():
        table = Table(title=name, title_justify="left", box=box.SIMPLE_HEAD)
        table.padding = (0, 1, 0, 0)
        for heading in HEADINGS:
            justify = "left" if heading in WORDS else "right"
            table.add_column(heading, justify=justify)  # type: ignore[arg-type]
        for change in group:
            table.add_row(*cells(change))
        console.print(table)
    for text in sentences(found):
        console.print(text, markup=False)
