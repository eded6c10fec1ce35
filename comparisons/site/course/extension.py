"""What Sphinx is given: directives, roles, equations, and files."""

from pathlib import Path
from typing import Any

from comparisons.site.course.claims import ClaimRole
from comparisons.site.course.code import (
    AnswerDirective,
    DefinitionDirective,
    IdiomDirective,
)
from comparisons.site.course.exercises import (
    ExercisesDirective,
    MilestonesDirective,
)
from comparisons.site.course.notebooks import (
    NotebookDirective,
    write_notebooks,
)
from comparisons.site.course.page import mathml
from comparisons.site.course.page.chapters import ChaptersDirective
from comparisons.site.course.page.docstrings import escape_docstring
from comparisons.site.course.page.pictures import PictureDirective
from comparisons.site.course.page.reader import write_reader
from comparisons.site.course.page.reading import (
    TimesDirective,
    times,
    write_times,
)
from comparisons.site.course.records import (
    CommandsDirective,
    FigureDirective,
    RecordDirective,
    TableDirective,
)
from comparisons.site.course.runs import RunDirective
from comparisons.site.course.says import SaysDirective, VersionsDirective
from comparisons.site.course.values import ValueRole

DIRECTIVES = {
    "definition": DefinitionDirective,
    "idiom": IdiomDirective,
    "answer": AnswerDirective,
    "record": RecordDirective,
    "table-of": TableDirective,
    "commands-of": CommandsDirective,
    "figure-of": FigureDirective,
    "picture": PictureDirective,
    "run": RunDirective,
    "says": SaysDirective,
    "versions": VersionsDirective,
    "exercises": ExercisesDirective,
    "milestones": MilestonesDirective,
    "notebook": NotebookDirective,
    "chapters": ChaptersDirective,
    "times": TimesDirective,
}
ROLES = {"value": ValueRole, "claim": ClaimRole}
CONFIGURATION = {
    "course_repository": "",
    "course_branch": "main",
    "course_notebooks": "notebooks",
}
"""Where the .ipynb files are kept for Colab and Binder; "" for nowhere."""


def setup(app: Any) -> dict[str, Any]:
    """Register all of it."""
    app.setup_extension("sphinx.ext.autodoc")
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    for name, role in ROLES.items():
        app.add_role(name, role())
    for name, default in CONFIGURATION.items():
        app.add_config_value(name, default, "env", [str])
    app.add_node(times)
    app.add_html_math_renderer(
        "mathml", (mathml.visit_inline, None), (mathml.visit_block, None)
    )
    app.connect("doctree-read", write_times)
    app.connect("autodoc-process-docstring", escape_docstring)
    app.connect("build-finished", write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write_files(app: Any, failure: Exception | None) -> None:
    """The reader of the code, and the notebooks, next to the pages."""
    if failure is None and app.builder.format == "html":
        out = Path(app.outdir)
        write_reader(out)
        list(write_notebooks(out / "notebooks"))
