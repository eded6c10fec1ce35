"""A definition's statements side by side: what differs in them, and why."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from comparisons.reader.alignment import (
    Statement,
    align_all,
    differing,
    similarity,
)
from comparisons.reader.highlight import code_tokens
from comparisons.reader.idioms import IDIOM_ONLY
from comparisons.reader.line_idioms import explanations, idioms_of
from comparisons.reader.source import FRAMEWORK_OF
from comparisons.reader.statements import statement_starts


class Line(NamedTuple):
    """A line of a file by its number."""

    number: int
    text: str


class Unit(NamedTuple):
    """The lines of a statement in one package, and its tokens in order.

    marks: line number -> columns, from and to, of what the others lack.
    """

    lines: tuple[Line, ...]
    marks: Mapping[int, tuple[tuple[int, int], ...]] = {}

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


class AlignedRow(NamedTuple):
    """Corresponding statements by package, and why they differ.

    known: the reasons of the row, whether or not they are said at a row above;
    why: those that no row above in the definition gives.
    """

    units: dict[str, Unit]
    same: bool
    known: tuple[str, ...]
    why: tuple[str, ...]


Columns = tuple[tuple[str, tuple[Line, ...]], ...]
"""The lines of a definition by package."""


@cache
def align_rows(
    lines: Columns, whole: tuple[str, ...], file: str
) -> list[AlignedRow]:
    """The statements of a definition, in as many packages as have it.

    whole: the text of each package's file. Most views share most definitions,
        so that what is aligned once is kept.
    """
    columns = dict(lines)
    texts = dict(zip(columns, whole))
    split = {p: _units(lines, texts[p]) for p, lines in columns.items()}
    compared = [
        [_statement(p, unit, texts[p]) for unit in units]
        for p, units in _order(split)
    ]
    names = [p for p, _ in _order(split)]
    rows, said = [], set[str]()
    for places in align_all(compared, similarity):
        found = {p: split[p][n] for p, n in zip(names, places) if n is not None}
        units = {p: found[p] for p in columns if p in found}
        row = _explained(units, columns, texts, file)
        new = [why for why in row.known if why not in said][:1]
        said.update(new)
        rows.append(row._replace(why=tuple(new)))
    return rows


def _order(split: Mapping[str, list[Unit]]) -> list[tuple[str, list[Unit]]]:
    """PyTorch and JAX first, whose statements are the most alike."""
    return sorted(split.items(), key=lambda item: item[0].startswith("keras"))


def _units(lines: Sequence[Line], text: str) -> list[Unit]:
    starts = statement_starts(text)
    grouped: dict[int, list[Line]] = {}
    for line in lines:
        if line.text.strip():
            start = starts.get(line.number, line.number)
            grouped.setdefault(start, []).append(line)
    return [Unit(tuple(found)) for found in grouped.values()]


def _statement(package: str, unit: Unit, text: str) -> Statement:
    words = tuple(word for word, *_ in _tokens(unit, text))
    comment = unit.lines[0].text.strip().startswith(("#", '"""'))
    if not words:
        words = tuple(unit.text.split())
    return Statement(words, idioms_of(package, unit.text), comment)


def _tokens(unit: Unit, text: str) -> list[tuple[str, int, int, int]]:
    """Words of a statement with line number and columns."""
    tokens = code_tokens(text)
    return [
        (token.text, line.number, token.start, token.end)
        for line in unit.lines
        for token in tokens[line.number - 1]
    ]


def _explained(
    units: dict[str, Unit],
    columns: Mapping[str, Sequence[Line]],
    texts: Mapping[str, str],
    file: str,
) -> AlignedRow:
    tokens = {p: _tokens(unit, texts[p]) for p, unit in units.items()}
    whole = len(units) == len(columns)
    if len(columns) < 2 or not any(tokens.values()):
        return AlignedRow(units, whole, (), ())
    if len(units) == 1:
        ((package, found),) = tokens.items()
        places = {package: set(range(len(found)))}
    else:
        words = [[token[0] for token in found] for found in tokens.values()]
        places = dict(zip(units, differing(words)))
    same = whole and not any(places.values())
    if same:
        return AlignedRow(units, True, (), ())
    marked = {
        p: unit._replace(marks=_merged(tokens[p], places[p], unit))
        for p, unit in units.items()
    }
    lacking = [FRAMEWORK_OF[p] for p in columns if p not in units]
    if lacking and not any(places.values()):
        why = f"{' and '.join(lacking)} needs no such statement."
        return AlignedRow(marked, False, (why,), ())
    return AlignedRow(marked, False, reasons(units, file), ())


def reasons(units: Mapping[str, Unit], file: str) -> tuple[str, ...]:
    """Why the statements of a row differ, the most specific reason first."""
    texts = {p: unit.text for p, unit in units.items()}
    found = [
        sentence(why)
        for package, text in texts.items()
        for name, why in own_names(package, file).items()
        if re.search(rf"\b{name}\b", text)
    ]
    found += [idiom.why for idiom in explanations(texts)]
    if not found and len(units) == 1:
        (package,) = units
        found.append(f"Only {FRAMEWORK_OF[package]} needs this statement.")
    return tuple(dict.fromkeys(found or [OTHERWISE]))


def sentence(reason: str) -> str:
    """A reason of `IDIOM_ONLY` as a sentence; names keep their letters."""
    first, *rest = reason.replace("`", "").split(" ")
    word = first.capitalize() if first.isalpha() and first.islower() else first
    return " ".join([word, *rest]) + "."


OTHERWISE = "The same step in other words."


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


def _merged(
    tokens: list[tuple[str, int, int, int]], places: set[int], unit: Unit
) -> dict[int, tuple[tuple[int, int], ...]]:
    """Marks by line; those with only spaces or a dot between are one."""
    lines = {line.number: line.text for line in unit.lines}
    marks: dict[int, list[tuple[int, int]]] = {}
    for place in sorted(places):
        _, number, start, end = tokens[place]
        found = marks.setdefault(number, [])
        if found and not lines[number][found[-1][1] : start].strip(" ."):
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return {number: tuple(found) for number, found in marks.items()}
