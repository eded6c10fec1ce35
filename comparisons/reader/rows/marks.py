"""The words of statements that differ between the frameworks."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from comparisons.reader.highlight import code_tokens
from comparisons.reader.rows.alignment import align


class Line(NamedTuple):
    """A line of a file by its number."""

    number: int
    text: str


class Unit(NamedTuple):
    """The lines of a statement, or of a passage, in one package.

    marks: line number -> columns, from and to, of what the others lack.
    """

    lines: tuple[Line, ...]
    marks: Mapping[int, tuple[tuple[int, int], ...]] = {}

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


class Word(NamedTuple):
    """A token and where it is."""

    text: str
    number: int
    start: int
    end: int


BRACKETS, WEAK = set("()[]{},."), 0.4
"""Signs that are everywhere, and what one is worth next to another sign."""

Columns = Mapping[str, Sequence[Line]]
Units = dict[str, Unit]


def tokens(unit: Unit, text: str) -> list[Word]:
    found = code_tokens(text)
    return [
        Word(token.text, line.number, token.start, token.end)
        for line in unit.lines
        for token in found[line.number - 1]
    ]


def differing_words(
    units: Units, columns: Columns, texts: Mapping[str, str]
) -> tuple[Units, bool]:
    """Marks of statements that correspond; whether they are equal."""
    found = {p: tokens(unit, texts[p]) for p, unit in units.items()}
    words = [[word.text for word in row] for row in found.values()]
    places = dict(zip(found, differing(words)))
    marked = {
        p: unit._replace(marks=_merged(found[p], places[p], unit))
        for p, unit in units.items()
    }
    return marked, not any(places.values())


def own_words(
    units: Units, columns: Columns, texts: Mapping[str, str]
) -> tuple[Units, bool]:
    """Marks of a passage: names that the others' definition has nowhere."""
    names = {
        p: {word.text for word in tokens(Unit(tuple(lines)), texts[p])}
        for p, lines in columns.items()
    }
    marked = {}
    for package, unit in units.items():
        others = set[str]().union(*(names[p] for p in names if p != package))
        found = tokens(unit, texts[package])
        places = {
            place
            for place, word in enumerate(found)
            if word.text.isidentifier() and word.text not in others
        }
        marked[package] = unit._replace(marks=_merged(found, places, unit))
    return marked, False


def _merged(
    words: Sequence[Word], places: Collection[int], unit: Unit
) -> dict[int, tuple[tuple[int, int], ...]]:
    """Marks by line; those with only spaces or a dot between are one."""
    lines = dict(unit.lines)
    marks: dict[int, list[tuple[int, int]]] = {}
    for place in sorted(places):
        _, number, start, end = words[place]
        found = marks.setdefault(number, [])
        if found and not lines[number][found[-1][1] : start].strip(" ."):
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return {number: tuple(found) for number, found in marks.items()}


def differing(texts: Sequence[Sequence[str]]) -> list[set[int]]:
    """Of each text, the positions of tokens that some other text lacks."""
    found: list[set[int]] = [set() for _ in texts]
    for k, one in enumerate(texts):
        for other, two in enumerate(texts[k + 1 :], k + 1):
            if one == two:
                continue
            for i, j in align(one, two, _weight):
                if j is None and i is not None:
                    found[k].add(i)
                if i is None and j is not None:
                    found[other].add(j)
    for k, one in enumerate(texts):
        commas = {i for i in found[k] if one[i] == "," and _ends(one, i)}
        found[k] -= commas
    return found


def _weight(one: str, two: str) -> float:
    if one != two:
        return 0.0
    return 3.0 if one.isidentifier() else WEAK if one in BRACKETS else 1.0


def _ends(words: Sequence[str], place: int) -> bool:
    """Whether a comma is only there because a bracket closes on a new line."""
    return words[place + 1 : place + 2] != [] and words[place + 1] in ")]}"
