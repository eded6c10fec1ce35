"""The reader as a page, and as a fragment for a tab of another page."""

from html import escape
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from comparisons.reader.equations import EQUATIONS, FUNCTIONS, tokens
from comparisons.reader.page_model import page_parts
from comparisons.reader.shape_legend import shape_legend
from comparisons.reader.source import FRAMEWORK_OF
from comparisons.reader.view import PARTS, check
from shared.exhibits.names import cell_name
from shared.specs import CELLS
from shared.tasks import get_task

TEMPLATES = Path(__file__).with_name("templates")
ENVIRONMENT = Environment(
    loader=PackageLoader("comparisons.reader"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.filters |= {
    # Between tags, quotation marks need no escape.
    "content": lambda words: Markup(escape(words, quote=False)),
    "cell_name": cell_name,
}


class Fragment(NamedTuple):
    """A part of a page; its classes and ids all begin with `code-`.

    Only the ids of lines are paths: `pytorch_impl/cells.py-L27`. Colors follow
        the `color-scheme` of the root.
    """

    html: Markup
    css: str
    script: str


def fragment(
    tasks: list[str], cell: str | None = None, part: str | None = None
) -> Fragment:
    """The code of these tasks, initially showing this cell and part.

    cell: by default that of the first task; part: None for all.
    """
    found = [get_task(name) for name in tasks]
    tasks = [task.name for task in found]  # of files too
    cell = cell or found[0].model.cell
    check(cell, [part] if part else [])
    html = ENVIRONMENT.get_template("fragment.html").render(
        parts=page_parts(found),
        switches={
            "task": (tasks, tasks[0]),
            "cell": (CELLS, cell),
            "part": (("", *PARTS), part or ""),
        },
        frameworks=FRAMEWORK_OF.values(),
        legend=shape_legend(),
        equations=EQUATIONS,
        functions=FUNCTIONS,
        tokens=tokens,
    )
    css, script = (
        (TEMPLATES / f"code.{kind}").read_text("utf-8")
        for kind in ("css", "js")
    )
    return Fragment(Markup(html), css, script)


def page(
    tasks: list[str], cell: str | None = None, part: str | None = None
) -> str:
    """One self-contained file: the text of code.html."""
    template = ENVIRONMENT.get_template("page.html")
    return template.render(code=fragment(tasks, cell, part), tasks=tasks)
