"""The reader in a terminal: three columns, or stacked where it is narrow."""

from collections.abc import Iterator
from itertools import groupby, zip_longest

from rich.console import Console
from rich.text import Text

from comparisons.reader.equations import EQUATIONS
from comparisons.reader.highlight import colored
from comparisons.reader.source import FRAMEWORK_OF, PACKAGES
from comparisons.reader.view import Row

STYLES = {
    "keyword": "magenta",
    "string": "green",
    "number": "cyan",
    "comment": "yellow",
    "name": "bold blue",
    "decorator": "cyan",
    "": "",
}
"""Kind of text -> a color of the terminal."""

GUTTER, GAP, PANE = 5, 2, 60
"""Columns of a line number, between panes, and of code in the narrowest."""

WIDE = len(PACKAGES) * (GUTTER + PANE) + (len(PACKAGES) - 1) * GAP
"""Columns of the narrowest terminal that shows the panes side by side."""

LEGEND = "│ marks a line that differs between the frameworks"
DEEPER = 4


def print_rows(rows: list[Row], cell: str, console: Console) -> None:
    lines = list(lines_of(rows, cell, console.width))
    for line in lines:
        line.rstrip()
    console.print(*lines, sep="\n", no_wrap=True, overflow="ignore", crop=False)


def lines_of(rows: list[Row], cell: str, width: int) -> Iterator[Text]:
    """Each part with its definitions; the cell's with its equations."""
    yield from folded(Text(LEGEND, "italic"), width)
    for part, members in groupby(rows, key=lambda row: row.part):
        yield Text(f"\n{part.upper()}", "bold underline")
        if part == "cell":
            equation = EQUATIONS[cell]
            for line in equation.lines:
                yield from folded(Text(f"  {line}"), width)
            yield from folded(Text(f"  ({equation.source})", "italic"), width)
        for row in members:
            yield Text()
            yield from definition(row, width)


def definition(row: Row, width: int) -> Iterator[Text]:
    """One definition in all frameworks, in columns or one by one."""
    if width < WIDE:
        for package in PACKAGES:
            yield from pane(row, package, width)
        return
    column = (width + GAP) // len(PACKAGES) - GAP
    panes = [pane(row, package, column) for package in PACKAGES]
    for lines in zip_longest(*panes, fillvalue=Text()):
        for line in lines[:-1]:
            line.pad_right(column + GAP - line.cell_len)
        yield Text("").join(lines)


def pane(row: Row, package: str, width: int) -> list[Text]:
    """A definition in one framework, or why it is absent."""
    if package in row.reasons:
        words = f"{FRAMEWORK_OF[package]} has no {row.name}: "
        reason = Text(words + row.reasons[package], "italic")
        return folded(reason, width)
    lines = row.lines[package]
    place = f"{package}/{row.file}:{lines[0].number if lines else 1}"
    shown = folded(Text(f"{place} {row.name}", "bold"), width)
    colors = colored("\n".join(line.text for line in lines))
    for line, spans in zip(lines, colors):
        code = Text(style="dim" if line.same else "")
        for kind, text in spans:
            code.append(text, "" if line.same else STYLES[kind])
        number = f"{line.number:>{GUTTER - 1}}"
        bar = " " if line.same else "│"
        for part in folded(code, width - GUTTER):
            shown.append(Text.assemble((number + bar, "dim"), part))
            number = " " * (GUTTER - 1)
    return shown


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
