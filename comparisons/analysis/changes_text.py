"""The changes between two comparisons, in sentences and in tables."""

import itertools
from collections.abc import Iterator

from rich.console import Console

from comparisons.analysis.changes import (
    BETTER,
    NO_TEST,
    OPEN,
    SAME,
    WORSE,
    Change,
    Changes,
)
from comparisons.analysis.tables import number, terminal_table
from comparisons.analysis.wording import listed, p_text
from shared.exhibits.names import cell_name, framework_name, row_name

HEADINGS = ("framework", "cell", "new", "old", "new/old", "p", "verdict")
ALIGN = "llrrrrl"
MANY = 2
"""Rows up to which all of them are named one by one."""

UNCHANGED = {
    OPEN: "no significant change",
    NO_TEST: "no test (fewer than two shared seeds)",
    SAME: "unchanged",
}
"""Verdict -> how the rows that have it are summarized."""


def sentences(found: Changes) -> list[str]:
    """The setup, the rows, then the changes of each measure."""
    lines = list(setup_and_rows(found))
    for name, group in by_measure(found).items():
        describe = untested if group[0].measure.untested else tested
        lines += describe(name, group)
    named = [c for c in found.changes if c.verdict in (BETTER, WORSE)]
    if any(change.measure.timed for change in named):
        lines.append(
            "The times are from two sessions: a significant difference need "
            "not be due to the code."
        )
    return lines


def setup_and_rows(found: Changes) -> Iterator[str]:
    """Differences in the setup; rows of one side; rows of another status."""
    shown = [f"{d.name} {d.new} (before {d.old})" for d in found.manifest]
    if shown:
        yield f"Setup differs: {'; '.join(shown)}."
    else:
        yield "Same setup: machine, versions, commit, options."
    for side, only in (("new", found.only_new), ("old", found.only_old)):
        if only:
            names = listed(row_name(*row) for row in only)
            yield f"Only in the {side} comparison: {names}."
    for row, new, old in found.statuses:
        yield f"{row_name(*row)}: {new} (before {old})."


def tested(name: str, group: list[Change]) -> Iterator[str]:
    """The significant changes, then all others."""
    for change in group:
        if change.verdict in (BETTER, WORSE):
            yield (
                f"{name}, {change.row}: {change.verdict}, "
                f"{values(change)} ({p_text(change.p)})."
            )
    for verdict, text in UNCHANGED.items():
        names = [c.row for c in group if c.verdict == verdict]
        if names:
            everywhere = len(names) == len(group) > MANY
            where = "all rows" if everywhere else listed(names)
            yield f"{name}: {text} for {where}."


def untested(name: str, group: list[Change]) -> Iterator[str]:
    """The changes of a measure that admits no test."""
    shown = [f"{c.row} {values(c)}" for c in group if c.verdict != SAME]
    if shown:
        why = group[0].measure.untested
        yield f"{name} (no test: {why}): {'; '.join(shown)}."
    else:
        yield f"{name}: unchanged for all rows."


def values(change: Change) -> str:
    """New and old value, and the ratio."""
    new, old = change.texts
    return f"{new} against {old}, {number(change.ratio, '.2f')} ×"


def by_measure(found: Changes) -> dict[str, list[Change]]:
    """Measure -> its changes, in the order of the rows."""
    groups = itertools.groupby(found.changes, lambda c: c.measure.title)
    return {title: list(group) for title, group in groups}


def cells(change: Change) -> tuple[str, ...]:
    ratio = f"{number(change.ratio, '.3f')} ×"
    p = number(change.p, ".2g")
    names = framework_name(change.framework), cell_name(change.cell)
    return *names, *change.texts, ratio, p, change.verdict


def print_changes(found: Changes, console: Console) -> None:
    """A table for each measure, then the sentences."""
    for name, group in by_measure(found).items():
        rows = map(cells, group)
        console.print(terminal_table(HEADINGS, rows, ALIGN, name))
    for text in sentences(found):
        console.print(text, markup=False)
