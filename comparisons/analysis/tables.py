"""Tables for the terminal and for Markdown, used by every command."""

import csv
import io
import math
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from shared.printable import printable

WIDTH = 80
"""Columns of output that is not shown on a terminal."""

RULES = {"l": "---", "r": "---:"}

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

MARKUP = re.compile(
    r"[\\`\[\]$]|[*~](?=\S)|(?<=\S)[*~]|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)"
)
"""Signs of Markdown. A star or tilde alone, or an underscore in a word, is
none."""

FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20].", re.DOTALL)
"""Beginning of what a spreadsheet takes for a formula."""


class TextTable(Table):
    """A table of texts, as wide as they are shown."""

    def add_row(self, *cells: Any, **options: Any) -> None:
        """Add a row; texts are made printable before they are measured."""
        shown = (Text(printable(c)) if isinstance(c, str) else c for c in cells)
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
        title=Text(printable(title)) if title else None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    sides = align.ljust(len(headings), align[-1])
    for name, side in zip(headings, sides):
        heading = Text(printable(name))
        if side == "r":
            table.add_column(heading, justify="right", no_wrap=True)
        else:
            least = max(map(len, heading.plain.split()), default=0)
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

    def on_broken_pipe(self) -> None:
        """Raise the error again, where rich would exit."""
        raise

    def render(self, *args: Any, **options: Any) -> Iterable[Segment]:
        """Segments of which only those of rich itself steer the terminal."""
        for text, style, control in super().render(*args, **options):
            shown = text if control else printable(text)
            yield Segment(shown, style, control)


def in_markdown(text: str) -> str:
    """A text on one line that Markdown shows as it is, also in a table."""
    line = re.sub(r"&(?=#?\w+;)", "&amp;", CONTROL.sub(" ", text))
    line = re.sub(r"<(?=\S)", "&lt;", line)
    return MARKUP.sub(r"\\\g<0>", line)


def in_code(text: str) -> str:
    """A text on one line as code of Markdown, whatever signs it has."""
    line = CONTROL.sub(" ", text)
    longest = max(map(len, re.findall("`+", line)), default=0)
    if not longest:
        return f"`{line}`"
    fence = "`" * (longest + 1)
    return f"{fence} {line} {fence}"


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Lines of CSV in which a spreadsheet finds no formula."""
    text = io.StringIO()
    cells = ([not_formula(cell) for cell in row] for row in rows)
    csv.writer(text).writerows(cells)
    return text.getvalue()


def not_formula(cell: Any) -> Any:
    """The cell, an apostrophe before a text that a spreadsheet would run.

    OWASP, CSV injection. Numbers and single signs stay as they are.
    """
    if isinstance(cell, str) and FORMULA.match(cell) and not is_number(cell):
        return f"'{cell}"
    return cell


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def in_notebook() -> bool:
    return "ipykernel" in sys.modules


def make_console(width: int = WIDTH, **options: Any) -> Console:
    """Standard output, at least this wide where it is no terminal.

    A notebook is none: it shows the same lines as a file. Its kernel sets
    FORCE_COLOR, which rich takes for a terminal.
    """
    given = {"highlight": False, "force_jupyter": False, **options}
    if in_notebook():
        given.setdefault("force_terminal", False)
    console = Terminal(**given)
    if not console.is_terminal:
        console.width = max(console.width, width)
    return console


def number(value: Any, form: str) -> str:
    """A formatted number; a dash where there is none."""
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    return "-" if missing else format(value, form)
