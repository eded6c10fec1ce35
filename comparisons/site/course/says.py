"""`{says}`: a snippet in each framework, and what it printed when run."""

from typing import Any, ClassVar

from docutils.parsers.rst import directives

from comparisons.frameworks import DEFAULT
from comparisons.site.course.base import CourseDirective
from comparisons.site.course.code import columns
from comparisons.site.course.markup import code, tabs
from comparisons.site.course.snippets import (
    MESSAGES,
    PREAMBLE,
    SNIPPETS,
    outputs,
    recorded,
    snippet,
)


class SaysDirective(CourseDirective):
    """`{says} batch_axis`: the code of a snippet, and its recorded output.

    In tabs; with `:columns:` next to one another, where there is room.
    """

    option_spec: ClassVar[dict[str, Any]] = {"columns": directives.flag}

    def text(self) -> str:
        """The code, and below it what it prints."""
        name = self.arguments[0]
        codes = snippet(name)
        self.depends_on([SNIPPETS / f"{name}.py", MESSAGES])
        printed = {} if name == PREAMBLE else outputs(name)
        parts = {
            framework: self.shown(codes[framework], printed.get(framework))
            for framework in DEFAULT
            if framework in codes
        }
        return (columns if "columns" in self.options else tabs)(parts)

    def shown(self, text: str, printed: str | None) -> str:
        """The output has a class of its own, that of a console."""
        if printed is None:
            return code(text)
        result = code(printed or "(nothing)", "text")
        return f"{code(text)}\n\n{{.course-output}}\n{result}"


class VersionsDirective(CourseDirective):
    """`{versions}`: those with which the snippets were run."""

    required_arguments = 0

    def text(self) -> str:
        """A sentence."""
        self.depends_on([MESSAGES])
        known = recorded()["versions"]
        versions = {n: v for one in known.values() for n, v in one.items()}
        shown = ", ".join(f"{n} {v}" for n, v in sorted(versions.items()))
        return f"The outputs are recorded with {shown}."
