"""`{exhibit}`: texts and tables that the recorded runs of a task show."""

from typing import Any, ClassVar

from docutils.parsers.rst import directives

from comparisons.analysis.tables import in_markdown, markdown_table
from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from comparisons.report.run_views import exhibits
from comparisons.site.course.base import CourseDirective, summary
from comparisons.site.course.markup import code
from shared.errors import UserError, unknown
from shared.exhibits.kinds import Samples, TextTable

KINDS = (Samples, TextTable)
"""The exhibits that are no drawings; those are for `{figure-of}`."""


class ExhibitDirective(CourseDirective):
    """`{exhibit} docs/chatbot replies`: a table or the texts of the records.

    `:rows:` is how many of them are shown; `:with:` a text that a row or the
    caption of a text has to have; `:lines:` how many lines of a text.
    """

    option_spec: ClassVar[dict[str, Any]] = {
        "rows": directives.positive_int,
        "with": directives.unchanged,
        "lines": directives.positive_int,
    }

    def text(self) -> str:
        """The exhibit below what it says of itself."""
        folder, name = self.arguments[0].rsplit(maxsplit=1)
        self.depends_on([records_file(ROOT / folder)])
        known = {
            one.name: one
            for one in exhibits(summary(folder))
            if isinstance(one, KINDS)
        }
        if name not in known:
            raise UserError(unknown("exhibit", name, known))
        return shown(
            known[name],
            self.options.get("with", ""),
            self.options.get("rows"),
            self.options.get("lines"),
        )


def shown(
    exhibit: Samples | TextTable,
    part: str = "",
    rows: int | None = None,
    lines: int | None = None,
) -> str:
    """MyST of the rows or texts that have `part`; UserError if none has."""
    if isinstance(exhibit, TextTable):
        found = [
            [in_markdown(str(cell)) for cell in row]
            for row in exhibit.rows
            if part in " ".join(map(str, row))
        ]
        heads = list(map(in_markdown, exhibit.headings))
        body = markdown_table(heads, found[:rows], "l")
    else:
        found = [
            [in_markdown(caption), code(cut(text, lines), "text")]
            for caption, text in exhibit.samples
            if part in caption
        ]
        body = "\n\n".join("\n\n".join(one) for one in found[:rows])
    if not found:
        raise UserError(f"'{exhibit.name}' has nothing with '{part}'")
    title = f"*{in_markdown(exhibit.title)}.* {in_markdown(exhibit.text)}"
    return f"{title}\n\n{body}"


def cut(text: str, lines: int | None) -> str:
    """The first lines of a text, with a sign where it goes on."""
    known = text.splitlines()
    if lines is None or len(known) <= lines:
        return text
    return "\n".join([*known[:lines], "…"])
