"""Tables for the terminal and for Markdown, used by every command."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.segment import Segment
from rich.table import Table

from shared.printable import printable

WIDTH = 80
"""Columns of output that is not shown on a terminal."""

RULES = {"l": "---", "r": "---:"}


class TextTable(Table):
    """A table of texts, as wide as they are shown."""

    def add_row(self, *cells: Any, **options: Any) -> None:
        """Add a row; texts are made printable before they are measured."""
        shown = (printable(c) if isinstance(c, str) else c for c in cells)
        super().add_row(*shown, **options)


def terminal_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    align: str = "lr",
    title: str = "",
) -> Table:
    """A table of texts; align: "l" or "r" for each column.

    The last of `align` is that of all further columns. A left one may fold.
    """
    table = TextTable(
        title=printable(title) or None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    sides = align.ljust(len(headings), align[-1])
    for heading, side in zip(map(printable, headings), sides):
        if side == "r":
            table.add_column(heading, justify="right", no_wrap=True)
        else:
            least = max(map(len, heading.split()), default=0)
            table.add_column(heading, overflow="fold", min_width=least)
    for row in rows:
        table.add_row(*row)
    return table


def markdown_table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], align: str = "lr"
) -> str:
    """The same in Markdown, without a newline at its end."""
    sides = align.ljust(len(headings), align[-1])[: len(headings)]
    lines = [
        [text.replace("|", r"\|") for text in line]
        for line in (headings, [RULES[side] for side in sides], *rows)
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


class Terminal(Console):
    """A console on which foreign text is text: neither markup nor escapes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(markup=False, emoji=False, **options)

    def render(self, *args: Any, **options: Any) -> Iterable[Segment]:
        """Segments of which only those of rich itself steer the terminal."""
        for text, style, control in super().render(*args, **options):
            shown = text if control else printable(text)
            yield Segment(shown, style, control)


def make_console(width: int = WIDTH, **options: Any) -> Console:
    """Standard output, at least this wide where it is no terminal."""
    console = Terminal(**{"highlight": False, **options})
    if not console.is_terminal:
        console.width = max(console.width, width)
    return console


def number(value: Any, form: str) -> str:
    """A formatted number; a dash where there is none."""
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    return "-" if missing else format(value, form)
