"""The reader in a terminal: three columns, or stacked where it is narrow."""

from __future__ import annotations

from itertools import groupby, zip_longest

from rich.console import Console
from rich.text import Text

from comparisons.reader.equations import EQUATIONS
from comparisons.reader.highlight import coloured
from comparisons.reader.source import FRAMEWORK_OF, PACKAGES, Package
from comparisons.reader.view import Line, Row

STYLES = {
    "keyword": "magenta",
    "string": "green",
    "number": "cyan",
    "comment": "yellow",
    "name": "bold blue",
    "decorator": "cyan",
    "": "",
}
"""Kind of text -> a colour of the terminal's own."""

GUTTER, GAP, PANE = 5, 2, 60
"""Columns of a line number, between panes, and of code in the narrowest."""

WIDE = len(PACKAGES) * (GUTTER + PANE) + (len(PACKAGES) - 1) * GAP
"""Columns of the narrowest terminal that shows the panes side by side."""

LEGEND = "│ marks a line that differs between the frameworks"
DEEPER = 4


def print_rows(
    rows: list[Row],
    packages: dict[str, Package],
    cell: str,
    console: Console,
) -> None:
    for line in folded(Text(LEGEND, "italic"), console.width):
        _print(line, console)
    for part, members in groupby(rows, key=lambda row: row.part):
        _print(Text(f"\n{part.upper()}", "bold underline"), console)
        if part == "cell":
            for line in equation(cell, console.width):
                _print(line, console)
        for row in members:
            print_row(row, packages, console)


def print_row(row: Row, packages: dict[str, Package], console: Console) -> None:
    """One definition in all frameworks, in columns or one by one."""
    _print(Text(), console)
    if console.width < WIDE:
        for package in PACKAGES:
            for line in pane(row, package, packages, console.width):
                _print(line, console)
        return
    width = (console.width + GAP) // len(PACKAGES) - GAP
    panes = [pane(row, package, packages, width) for package in PACKAGES]
    for lines in zip_longest(*panes, fillvalue=Text()):
        for line in lines[:-1]:
            line.pad_right(width + GAP - line.cell_len)
        _print(Text("").join(lines), console)


def pane(
    row: Row, package: str, packages: dict[str, Package], width: int
) -> list[Text]:
    """A definition in one framework, or why it is absent."""
    if package in row.reasons:
        words = f"{FRAMEWORK_OF[package]} has no {row.name}: "
        reason = Text(words + row.reasons[package], "italic")
        return folded(reason, width)
    lines = row.lines[package]
    place = f"{package}/{row.file}:{lines[0].number if lines else 1}"
    pieces = coloured(packages[package][row.file].text)
    shown = folded(Text(f"{place} {row.name}", "bold"), width)
    for line in lines:
        code = Text(style="dim" if line.same else "")
        for kind, text in pieces[line.number - 1]:
            code.append(text, "" if line.same else STYLES[kind])
        shown += numbered(line, folded(code, width - GUTTER))
    return shown


def numbered(line: Line, rows: list[Text]) -> list[Text]:
    """A line's rows after its number, with a bar where packages differ."""
    bar = " " if line.same else "│"
    numbers = [f"{line.number:>{GUTTER - 1}}", *[" " * (GUTTER - 1)] * 99]
    return [
        Text.assemble((number + bar, "dim"), row)
        for number, row in zip(numbers, rows)
    ]


def folded(text: Text, width: int) -> list[Text]:
    """A line wrapped at spaces with a hanging indent."""
    indent = len(text.plain) - len(text.plain.lstrip()) + DEEPER
    indent = min(indent, width // 2)
    rows = []
    while len(text) > width:
        place = text.plain.rfind(" ", indent + 1, width + 1)
        head, text = text.divide([place if place > 0 else width])
        rows.append(head)
        rest = text.plain
        text = Text(" " * indent, text.style) + text[-len(rest.lstrip()) :]
    return [*rows, text]


def equation(cell: str, width: int) -> list[Text]:
    found = EQUATIONS[cell]
    texts = [Text(f"  {line}") for line in found.lines]
    texts.append(Text(f"  ({found.source})", "italic"))
    return [row for text in texts for row in folded(text, width)]


def _print(line: Text, console: Console) -> None:
    line.rstrip()
    console.print(line, no_wrap=True, overflow="ignore", crop=False)
