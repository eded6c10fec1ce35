"""Directives that show the tables, findings, and figures of the records."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from comparisons.analysis.findings import sentences
from comparisons.analysis.notes import legend, notes
from comparisons.analysis.results import ALIGN, texts
from comparisons.analysis.summary import Summary
from comparisons.analysis.tables import in_markdown, markdown_table
from comparisons.records.environment import ROOT
from comparisons.records.files import RECORDS, folders_of_records, records_file
from comparisons.report.markdown import setup
from comparisons.site.course.base import CourseDirective, summary
from comparisons.site.course.figures import Drawn, draw
from comparisons.site.course.markup import code, dropdown
from comparisons.site.pages import KINDS
from shared.errors import UserError, unknown

UNNEEDED = re.compile(r" --(?:out \S+|timeout \S+|quiet|fresh)\b")

SHORT = ("framework", "cell", "hidden", "parameters", "METRIC", "best baseline")
"""Columns of the table unless others are named; METRIC is the task's."""


def table(found: Summary, columns: str) -> str:
    """The results table: the columns named, or those of `SHORT`."""
    shown = texts(found)
    names = [name.strip() for name in columns.split(",") if name.strip()]
    if columns == "all":
        names = list(shown)
    metric = list(shown)[list(shown).index("parameters") + 1]
    names = [metric if n == "METRIC" else n for n in names or SHORT]
    for name in names:
        if name not in shown:
            raise UserError(unknown("column", name, shown))
    rows = [
        [in_markdown(text.rstrip()) for text in row]
        for row in shown[names].to_numpy()
    ]
    return (
        f"{markdown_table(names, rows, ALIGN)}\n\n{in_markdown(legend(found))}"
    )


def findings(found: Summary, _: str) -> str:
    return "\n".join(f"- {in_markdown(one)}" for one in sentences(found))


def details(found: Summary, _: str) -> str:
    """How it was measured, closed at first."""
    listed = [*map(in_markdown, notes(found)), "\n".join(setup(found.records))]
    return dropdown("How this was measured", "\n\n".join(listed))


PARTS: dict[str, Callable[[Summary, str], str]] = {
    "table": table,
    "findings": findings,
    "details": details,
}
"""What `{record}` shows, in this order unless `:show:` names another."""


class RecordDirective(CourseDirective):
    """`{record} docs/sine`: table, findings, and details of a comparison.

    `:show:` names parts of it, `:columns:` those of the table, `all` for all.
    """

    option_spec: ClassVar[dict[str, Any]] = {
        "show": directives.unchanged,
        "columns": directives.unchanged,
    }

    def text(self) -> str:
        """The parts below one another."""
        folder = self.arguments[0]
        found = summary(folder)
        self.depends_on([records_file(ROOT / folder)])
        names = self.options.get("show", " ".join(PARTS)).split()
        for name in names:
            if name not in PARTS:
                raise UserError(unknown("part", name, PARTS))
        columns = self.options.get("columns", "")
        return "\n\n".join(PARTS[name](found, columns) for name in names)


class TableDirective(CourseDirective):
    """`{table-of} sweep docs/echo-sweep`: a table of the documentation's pages.

    `:absent:` is what is shown where its records do not exist; without it that
    is an error.
    """

    option_spec: ClassVar[dict[str, Any]] = {"absent": directives.unchanged}

    def text(self) -> str:
        """The table that the marker of this kind has on those pages."""
        kind, *words = self.arguments[0].split()
        if kind not in KINDS:
            raise UserError(unknown("table", kind, KINDS))
        paths = [ROOT / word for word in words if "/" in word]
        for path in paths:
            if not path.exists():
                if "absent" in self.options:
                    return str(self.options["absent"])
                raise UserError(f"'{path.relative_to(ROOT)}' does not exist")
            self.depends_on(files_under(path) if path.is_dir() else [path])
        written: str = KINDS[kind](ROOT, *words)
        return written


class CommandsDirective(CourseDirective):
    """`{commands-of} docs/copy docs/echo`: what made the records again.

    Without what only says where they are written.
    """

    def text(self) -> str:
        """The commands of the folders, and of those of a sweep in them."""
        found: dict[str, None] = {}
        for folder in self.arguments[0].split():
            paths = folders_of_records(ROOT / folder)
            if not paths:
                raise UserError(f"'{folder}' has no {RECORDS}")
            self.depends_on(map(records_file, paths))
            for path in paths:
                known = summary(str(path.relative_to(ROOT)))
                for record in known.records:
                    found[shortened(record.command)] = None
        return code("\n".join(found), "sh")


def files_under(folder: Path) -> Iterator[Path]:
    """The records of a folder and of those below it."""
    return map(records_file, folders_of_records(folder))


def shortened(command: str) -> str:
    """A command without the words that change no result."""
    return UNNEEDED.sub("", command).strip()


class FigureDirective(CourseDirective):
    """`{figure-of} docs/names learning-curves`: drawn at each build.

    `:panels:` names some of its panels, separated by commas; the content is
    the caption, by default what the figure says of itself.
    """

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"panels": directives.unchanged}

    def made(self) -> list[nodes.Node]:
        """An image for light pages and one for dark ones, and the caption."""
        folder, name = self.arguments[0].rsplit(maxsplit=1)
        panels = self.options.get("panels", "")
        place = Path(self.env.doctreedir) / "figures"
        drawn = draw(ROOT / folder, name, panels, place)
        self.depends_on(files_under(ROOT / folder))
        # The theme hides a caption next to an image of the other kind of page.
        figure = nodes.figure("", nodes.paragraph("", "", *self.images(drawn)))
        caption = nodes.caption("", "")
        written = self.parsed("\n".join(self.content) or drawn.message)
        if written:
            caption += written[0].children
        figure += caption
        return [figure]

    def images(self, drawn: Drawn) -> list[nodes.image]:
        """One for each page; of a picture that is no drawing, itself."""
        shades = {"only-light": drawn.light, "only-dark": drawn.dark}
        if drawn.light == drawn.dark:
            shades = {"course-recorded": drawn.light}
        start = self.env.srcdir
        return [
            nodes.image(
                "",
                uri=f"/{os.path.relpath(path, start)}",
                alt=drawn.message,
                classes=[shade],
            )
            for shade, path in shades.items()
        ]
