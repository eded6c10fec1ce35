"""The reader as a page, and as a fragment for a tab of another page."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from comparisons.reader.equations import mathml
from comparisons.reader.page_model import sheet
from comparisons.reader.parts import PARTS, check
from comparisons.reader.shape_legend import shape_letters
from comparisons.reader.source import FRAMEWORK_OF
from shared.exhibits.names import cell_name
from shared.specs import CELLS
from shared.tasks import get_task


class Fragment(NamedTuple):
    """A piece of a page; its classes and ids all begin with `code-`.

    Only the ids of lines are paths: `pytorch_impl/cells.py-L27`. Colors follow
        `data-theme` of the root, "light" or "dark", else the system's.
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
    cell = cell or found[0].model.cell
    check(cell, [part] if part else [])
    environment = _environment()
    html = environment.get_template("fragment.html").render(
        parts=sheet(found),
        switches={
            "task": (tasks, tasks[0]),
            "cell": (CELLS, cell),
            "part": (("", *PARTS), part or ""),
        },
        frameworks=FRAMEWORK_OF.values(),
        letters=shape_letters(),
        mathml=mathml,
    )
    css, script = (_text(environment, f"code.{kind}") for kind in ("css", "js"))
    return Fragment(Markup(html), css, script)


def page(
    tasks: list[str], cell: str | None = None, part: str | None = None
) -> str:
    """One self-contained file: the text of code.html."""
    environment = _environment()
    return environment.get_template("page.html").render(
        code=fragment(tasks, cell, part),
        css=_text(environment, "page.css"),
        script=_text(environment, "page.js"),
        tasks=tasks,
    )


def _environment() -> Environment:
    """Templates that escape all values."""
    made = Environment(
        loader=PackageLoader("comparisons.reader"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"content": content, "cell_name": cell_name}
    return made


def content(words: str) -> Markup:
    """Escaped text between tags, quotation marks unescaped."""
    return Markup(escape(words, quote=False))


def _text(environment: Environment, name: str) -> str:
    assert environment.loader
    return environment.loader.get_source(environment, name)[0]
