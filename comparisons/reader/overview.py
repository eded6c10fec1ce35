"""The first page of the reader: the idioms, each with a line of each."""

import re
from functools import cache
from textwrap import dedent
from typing import NamedTuple

from comparisons.reader.highlight import code_tokens
from comparisons.reader.line_idioms import LINE_IDIOMS, LineIdiom, idioms_of
from comparisons.reader.rows.marks import differing
from comparisons.reader.rows.statements import statement_starts
from comparisons.reader.source import PACKAGES, Package
from comparisons.reader.spans import Piece, pieces

LONGEST = 7
"""Lines of a statement that is shown whole, not only its line that matches."""


class Example(NamedTuple):
    """A statement that an idiom matches, as pieces, and where it is."""

    file: str
    number: int
    lines: list[list[Piece]]


class Difference(NamedTuple):
    """A row of the first page; examples: of the packages that have one."""

    title: str
    why: str
    examples: dict[str, Example]


def differences(packages: dict[str, Package]) -> list[Difference]:
    return [
        Difference(idiom.title, idiom.why, _examples(packages, idiom))
        for idiom in LINE_IDIOMS
        if idiom.file
    ]


def _examples(
    packages: dict[str, Package], idiom: LineIdiom
) -> dict[str, Example]:
    found = {p: example(packages[p], p, idiom) for p in PACKAGES}
    tokens = {
        package: [
            (number, token)
            for number, line in enumerate(code_tokens(text))
            for token in line
        ]
        for package, (_, _, text) in found.items()
    }
    words = [[token.text for _, token in row] for row in tokens.values()]
    examples = {}
    for (package, row), places in zip(tokens.items(), differing(words)):
        file, first, text = found[package]
        marked = [row[place] for place in sorted(places)]
        marks = [
            [(t.start, t.end) for line, t in marked if line == number]
            for number in range(text.count("\n") + 1)
        ]
        lines = [
            pieces(package, text, number, tuple(marks[number - 1]))
            for number in range(1, len(marks) + 1)
        ]
        examples[package] = Example(file, first, lines)
    return examples


def example(
    files: Package, package: str, idiom: LineIdiom
) -> tuple[str, int, str]:
    """File, line and text of the first statement that matches.

    It is of the idiom's file, or of any where that has none.
    """
    for file in filter(None, (idiom.file, *files)):
        for number, text in statements(files[file].text):
            if idiom.title in idioms_of(package, text):
                lines = dedent(text).splitlines()
                if len(lines) > LONGEST:
                    pattern = idiom.patterns()[package]
                    lines = [n for n in lines if re.search(pattern, n)][:1]
                return file, number, dedent("\n".join(lines))
    raise LookupError(f"{package} has no example of '{idiom.title}'")


@cache
def statements(text: str) -> list[tuple[int, str]]:
    """First line and text of each statement of a file."""
    lines = text.splitlines()
    grouped: dict[int, list[str]] = {}
    for number, start in sorted(statement_starts(text).items()):
        grouped.setdefault(start, []).append(lines[number - 1])
    return [
        (start, "\n".join(found))
        for start, found in grouped.items()
        if not found[0].lstrip().startswith(("#", "import ", "from "))
    ]
