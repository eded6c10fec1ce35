"""What the directives and roles of the course have in common."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from comparisons.analysis.loading import read_summary
from comparisons.analysis.summary import Summary
from comparisons.records.environment import ROOT
from comparisons.records.files import RECORDS, records_file
from shared.errors import UserError

LOGGER = logging.getLogger(__name__)
WRONG = (UserError, LookupError, OSError, TypeError, ValueError)
"""What a directive may raise for what is written in a page."""


class CourseDirective(SphinxDirective):
    """A directive of one argument; what it refuses fails the build."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """The nodes of `text`, or a warning with its line."""
        try:
            return self.made()
        except WRONG as error:
            name = f"{self.name} {self.arguments[0]}" * bool(self.arguments)
            report(error, name or self.name, self.get_location())
            return []

    def made(self) -> list[nodes.Node]:
        """The nodes; by default those of the MyST that `text` writes."""
        return self.parsed(self.text())

    def text(self) -> str:
        raise NotImplementedError

    def parsed(self, text: str) -> list[nodes.Node]:
        """The nodes of some MyST."""
        element = nodes.Element()
        lines = StringList(text.splitlines(), self.get_source_info()[0])
        self.state.nested_parse(lines, self.content_offset, element)
        return list(element.children)

    @property
    def up(self) -> str:
        """The path from the page to the first one."""
        return "../" * self.env.docname.count("/")

    def depends_on(self, paths: Iterable[Path]) -> None:
        """Build the page anew when one of these files changes."""
        for path in paths:
            self.env.note_dependency(str(path))


class CourseRole(SphinxRole):
    """A role that is replaced by a text; what it refuses fails the build.

    shown: makes the text of the role's words.
    """

    shown: Callable[..., str]

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The text with its source, or a warning with its line."""
        folder = "".join(self.text.split()[1:2])
        self.env.note_dependency(str(records_file(ROOT / folder)))
        try:
            shown = self.shown(*self.text.split())
        except WRONG as error:
            report(error, f"{self.name} {self.text}", self.get_location())
            return [], []
        if not shown:
            return [], []
        value = nodes.inline("", shown, classes=["course-value"])
        return [value], []


def report(error: Exception, what: str, location: Any) -> None:
    """Log what is wrong in a page; a build with a warning fails."""
    text = str(error) if isinstance(error, UserError) else repr(error)
    LOGGER.warning("%s: %s", what, text, location=location)


def summary(folder: str) -> Summary:
    """The comparison in a folder of the project; UserError if it has none."""
    return _summary(ROOT / folder, recorded(folder).stat().st_mtime_ns)


def recorded(folder: str) -> Path:
    """The records in a folder of the project; UserError if it has none."""
    path = records_file(ROOT / folder)
    if not path.is_file():
        raise UserError(f"'{folder}' has no {RECORDS}")
    return path


@cache
def _summary(path: Path, changed: int) -> Summary:
    return read_summary(path)
