"""Directives that show code of the packages, an idiom, or a model answer."""

from html import escape
from typing import Any, ClassVar

from docutils.parsers.rst import directives

from comparisons.reader.line_idioms import LINE_IDIOMS
from comparisons.reader.overview import example
from comparisons.records.environment import ROOT
from comparisons.site.course.base import CourseDirective
from comparisons.site.course.definitions import (
    FRAMEWORKS,
    Code,
    definition,
    packages,
)
from comparisons.site.course.markup import block, code, dropdown, tabs
from comparisons.site.course.page.reader import READER, lines_of_reader
from shared.errors import UserError, unknown
from shared.exhibits.names import framework_name

ANSWERS = ROOT / "docs" / "course" / "answers"


class CodeDirective(CourseDirective):
    """What shows code with a link to the three panes of the reader."""

    def shown(self, found: Code) -> str:
        """The code below its path, or why there is none."""
        if not found.line:
            return f"None: {found.reason}."
        self.depends_on([ROOT / found.path])
        place, line = f"{found.path}, line {found.line}", found.line
        anchor = f"{found.path}-L{line}"
        link = escape(place)
        if anchor in lines_of_reader():
            link = f'<a href="{self.up}{READER}#{anchor}">{link}</a>'
        return f'<p class="course-path">{link}</p>\n\n{code(found.text)}'


class DefinitionDirective(CodeDirective):
    """`{definition} cells.rnn_step`: a definition, in the three packages."""

    def text(self) -> str:
        """A tab for each framework, with one or more definitions."""
        found = [definition(name) for name in self.arguments[0].split()]
        return tabs(
            {
                name: "\n\n".join(self.shown(one[name]) for one in found)
                for name in FRAMEWORKS.values()
            }
        )


class IdiomDirective(CodeDirective):
    """`{idiom} Gradient clipping`: a line of each package, next to another."""

    option_spec: ClassVar[dict[str, Any]] = {"why": directives.flag}

    def text(self) -> str:
        """A column for each framework, and why they differ."""
        title = self.arguments[0]
        known = {idiom.title: idiom for idiom in LINE_IDIOMS}
        if title not in known:
            raise UserError(unknown("idiom", title, known))
        idiom, parts = known[title], {}
        for package, framework in FRAMEWORKS.items():
            if package not in idiom.patterns():
                parts[framework] = "Nothing of the kind."
                continue
            file, line, text = example(packages()[package], package, idiom)
            found = Code(f"{package}/{file}", line, text)
            parts[framework] = self.shown(found)
        why = f"\n\n{idiom.why}" if "why" in self.options else ""
        return columns(parts) + why


def columns(parts: dict[str, str]) -> str:
    """Framework -> its column; where there is no room, below one another."""
    items = [
        block("div", f"{heading(name)}\n\n{text}", "course-column")
        for name, text in parts.items()
    ]
    row = block("div", "\n".join(items), "course-row")
    return block("div", row, "course-columns")


def heading(framework: str) -> str:
    return f'<p class="course-framework">{framework_name(framework)}</p>'


class AnswerDirective(CodeDirective):
    """`{answer} 3.2`: the model answers of an exercise, hidden at first."""

    def text(self) -> str:
        """A dropdown of tabs; nothing until there are answers."""
        return answer(self.arguments[0])


def answer(number: str) -> str:
    """The dropdown of an exercise's answers; "" where there is none."""
    name = f"exercise_{number.replace('.', '_')}.py"
    paths = {f: ANSWERS / f / name for f in FRAMEWORKS.values()}
    found = {f: path for f, path in paths.items() if path.is_file()}
    if not found:
        return ""
    if absent := paths.keys() - found:
        names = ", ".join(sorted(absent))
        raise UserError(f"answer {number} is missing in: {names}")
    texts = {f: code(p.read_text("utf-8").strip()) for f, p in found.items()}
    return dropdown("Model answer", tabs(texts))
