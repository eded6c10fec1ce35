"""Why statements differ, and which reasons are said below which row."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from comparisons.reader.idioms import IDIOM_ONLY
from comparisons.reader.line_idioms import explanations
from comparisons.reader.line_idioms.definitions import PASSAGES, WHOLE
from comparisons.reader.rows.alignment import NEUTRAL
from comparisons.reader.rows.marks import Unit
from comparisons.reader.source import FRAMEWORK_OF


class Reason(NamedTuple):
    """Why statements differ: in full, and in short where it is said above."""

    why: str
    title: str = ""

    @property
    def again(self) -> str:
        start = " ".join(self.why.split()[:SHORT])
        return f"{self.title or f'{start} …'}: as above."


SHORT = 5
"""Words by which a reason without a title is recognized."""

NAME = re.compile(r"\.?\w+|[^\w\s]")
"""A word, with the dot before that of an attribute, or a sign."""

RENAMED = Reason("Only names of variables differ.", "Names of variables")

OTHERWISE = Reason("The same step in other words.")
"""What is said where no reason is known."""


def reasons(
    units: Mapping[str, Unit], paired: bool, file: str, name: str
) -> tuple[Reason, ...]:
    """Why the statements of a row differ, the most specific reason first.

    paired: they correspond; else they are passages of a definition that the
        packages organize differently, which is said first.
    """
    texts = {p: unit.text for p, unit in units.items()}
    place = f"{file} {name}"
    here = [
        Reason(why)
        for where, pattern, why in PASSAGES
        if where == place and any(map(pattern.search, texts.values()))
    ]
    if here:
        return tuple(here[:1])
    found = [
        Reason(sentence(why), own)
        for package, text in texts.items()
        for own, why in own_names(package, file).items()
        if re.search(rf"(?<![.\w]){own}\b", text)
    ]
    found += [Reason(idiom.why, idiom.title) for idiom in explanations(texts)]
    whole = WHOLE.get(place) or WHOLE.get(f"* {name}")
    if whole and not paired and len(units) > 1:
        found.insert(0, Reason(whole))
    elif not found and renamed(texts.values()):
        found.append(RENAMED)
    elif not found and whole:
        found.append(Reason(whole))
    elif not found and len(units) == 1:
        (package,) = units
        why = f"Only {FRAMEWORK_OF[package]} needs this statement."
        found.append(Reason(why))
    return tuple(dict.fromkeys(found or [OTHERWISE]))


def renamed(texts: Iterable[str]) -> bool:
    """Whether statements differ in names alone."""
    rows = [NAME.findall(text) for text in texts]
    if len({len(row) for row in rows}) > 1 or rows.count(rows[0]) == len(rows):
        return False
    differing = [set(words) for words in zip(*rows) if len(set(words)) > 1]
    return all(
        word.isidentifier() and word not in NEUTRAL
        for words in differing
        for word in words
    )


def reasons_below(
    known: Sequence[Sequence[Reason]], views: Sequence[Collection[str]] = ()
) -> list[str]:
    """What is written below each row of a definition, one reason at most.

    A reason is written in full once, below the last of the neighboring rows
    that share it, and later by its title. views: which views show each row, by
        default all; what only another view shows is written again.
    """
    shown = [frozenset(found) for found in views or [()] * len(known)]
    above: list[tuple[Reason, frozenset[str]]] = []
    chosen: list[Reason | None] = []
    fresh = []
    for row, visible in zip(known, shown):
        given = {reason for reason, where in above if visible <= where}
        new = [reason for reason in row if reason not in given]
        last = [reason for reason in row if reason in chosen[-1:]]
        chosen.append(next(iter([*new, *last, *row]), None))
        fresh.append(bool(new))
        above += [(reason, visible) for reason in new[:1]]
    lines, full = [], False
    for n, reason in enumerate(chosen):
        full = full or fresh[n]
        below = list(zip(chosen, shown))[n + 1 : n + 2]
        if reason is None or below == [(reason, shown[n])]:
            lines.append("")
        else:
            lines.append(reason.why if full else reason.again)
            full = False
    return lines


def sentence(reason: str) -> str:
    """A reason of `IDIOM_ONLY` as a sentence; names keep their letters."""
    first, *rest = reason.replace("`", "").split(" ")
    word = first.capitalize() if first.isalpha() and first.islower() else first
    return " ".join([word, *rest]) + "."


@cache
def own_names(package: str, file: str) -> dict[str, str]:
    """Names that a package alone has in a file, with the reason."""
    start = f"{package}/{file} "
    return {
        place.removeprefix(start).rpartition(".")[2]: why
        for place, why in IDIOM_ONLY.items()
        if place.startswith(start)
        and place.rpartition(".")[2] not in ("step", "build")
    }
