"""The reader in a terminal: three columns, or stacked where it is narrow."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, zip_longest

from rich.console import Console
from rich.text import Text

from comparisons.reader.equations import EQUATIONS
from comparisons.reader.rows.marks import Unit
from comparisons.reader.rows.reasons import reasons_below
from comparisons.reader.source import FRAMEWORK_OF, PACKAGES, Package
from comparisons.reader.spans import pieces
from comparisons.reader.story import CHAPTERS
from comparisons.reader.view import Row, align

STYLES = {
    "keyword": "magenta",
    "string": "green",
    "number": "cyan",
    "comment": "dim",
    "name": "bold",
    "decorator": "cyan",
}
"""Kind of text -> a color of the terminal."""

MARK = "bold yellow underline"
GUTTER, GAP, PANE = 5, 2, 50
"""Columns of a line number, between panes, and of code in the narrowest."""

WIDE = len(PACKAGES) * (GUTTER + PANE) + (len(PACKAGES) - 1) * GAP
"""Columns of the narrowest terminal that shows the panes side by side."""

LEGEND = "Underlined words differ between the frameworks."
NARROW = (
    f"The frameworks are side by side from a width of {WIDE} columns on; this "
    "terminal has {}."
)
DEEPER = 4


def print_rows(
    rows: list[Row], cell: str, packages: dict[str, Package], console: Console
) -> None:
    lines = list(lines_of(rows, cell, packages, console.width))
    if console.is_terminal:
        lines = [*folded(Text(LEGEND, "italic"), console.width), *lines]
    for line in lines:
        line.rstrip()
    console.print(*lines, sep="\n", no_wrap=True, overflow="ignore", crop=False)


def lines_of(
    rows: list[Row], cell: str, packages: dict[str, Package], width: int
) -> Iterator[Text]:
    """Each part with its definitions; the cell's with its equations."""
    if width < WIDE:
        yield from folded(Text(NARROW.format(width), "italic"), width)
    for part, members in groupby(rows, key=lambda row: row.part):
        title, summary = CHAPTERS[part]
        yield Text(f"\n{title.upper()}", "bold underline")
        yield from folded(Text(summary, "italic"), width)
        if part == "cell":
            equation = EQUATIONS[cell]
            for line in equation.lines:
                yield from folded(Text(f"  {line}"), width)
            yield from folded(Text(f"  ({equation.source})", "italic"), width)
        for row in members:
            yield Text()
            yield from definition(row, packages, width)


def definition(
    row: Row, packages: dict[str, Package], width: int
) -> Iterator[Text]:
    """One definition: statement by statement, or one framework by one."""
    aligned = align(row, packages)
    below = reasons_below([found.known for found in aligned])
    texts = {package: packages[package][row.file].text for package in row.lines}
    if width < WIDE:
        for package in PACKAGES:
            yield from head(row, package, width)
            for found in aligned:
                yield from code(package, found.units, texts, width)
        yield from reasons(below, width)
        return
    column = (width + GAP) // len(PACKAGES) - GAP
    yield from abreast([head(row, p, column) for p in PACKAGES], column)
    for found, why in zip(aligned, below):
        panes = [code(p, found.units, texts, column) for p in PACKAGES]
        yield from abreast(panes, column)
        yield from reasons([why], width)


def abreast(panes: Iterable[list[Text]], column: int) -> Iterator[Text]:
    for lines in zip_longest(*panes, fillvalue=Text()):
        padded = [line.copy() for line in lines]
        for line in padded[:-1]:
            line.pad_right(column + GAP - line.cell_len)
        yield Text("").join(padded)


def reasons(below: Iterable[str], width: int) -> Iterator[Text]:
    for why in filter(None, below):
        yield from folded(Text(" " * GUTTER + f"  → {why}", "italic"), width)


def head(row: Row, package: str, width: int) -> list[Text]:
    """Where a definition is in one framework, or why it is absent."""
    if package in row.reasons:
        words = f"{FRAMEWORK_OF[package]} has no {row.name}: "
        return folded(Text(words + row.reasons[package], "italic"), width)
    lines = row.lines[package]
    place = f"{package}/{row.file}:{lines[0].number if lines else 1}"
    return folded(Text(f"{place} {row.name}", "bold"), width)


def code(
    package: str,
    units: Mapping[str, Unit],
    texts: Mapping[str, str],
    width: int,
) -> list[Text]:
    """A statement in one framework, or nothing."""
    shown: list[Text] = []
    unit = units.get(package, Unit(()))
    for number, _ in unit.lines:
        line = Text()
        marks = unit.marks.get(number, ())
        for piece in pieces(package, texts[package], number, marks):
            style = STYLES.get(piece.kind, "")
            line.append(piece.text, MARK if piece.marked else style)
        label = f"{number:>{GUTTER - 1}} "
        for part in folded(line, width - GUTTER):
            shown.append(Text.assemble((label, "dim"), part))
            label = " " * GUTTER
    return shown


def folded(text: Text, width: int) -> list[Text]:
    """A line wrapped at spaces with a hanging indent."""
    indent = len(text.plain) - len(text.plain.lstrip()) + DEEPER
    indent = min(indent, width // 2)
    rows = []
    while len(text) > width:
        place = text.plain.rfind(" ", indent + 1, width + 1)
        first, text = text.divide([place if place > 0 else width])
        rows.append(first)
        rest = text.plain
        text = Text(" " * indent, text.style) + text[-len(rest.lstrip()) :]
    return [*rows, text]
