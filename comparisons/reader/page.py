"""The reader as a page, and as a fragment for a tab of another page."""

import re
from collections.abc import Collection
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from comparisons.reader.equations import (
    EQUATIONS,
    FUNCTIONS,
    breakable,
    tokens,
)
from comparisons.reader.overview import differences
from comparisons.reader.page_model import CodeRow, page_parts
from comparisons.reader.parts import GROUPS, check
from comparisons.reader.proof import FOLDER, proofs
from comparisons.reader.shape_legend import shape_legend
from comparisons.reader.source import FRAMEWORK_OF, read_packages
from comparisons.reader.source_links import source_place
from comparisons.reader.spans import plain_lines
from comparisons.reader.story import CHAPTERS, numbers, task_source
from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from shared.exhibits.names import cell_name
from shared.specs import CELLS
from shared.task import Task
from shared.tasks import get_task

TEMPLATES = Path(__file__).with_name("templates")
BRACKETS = re.compile(r"([(\[])")
"""After the first of these an indented line may be broken."""

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
    # An indented line has no place to break before its first space.
    "breakable": lambda words: Markup(BRACKETS.sub(r"\1<wbr>", str(words), 1)),
    "cell_name": cell_name,
}

FIRST = "cell"
"""The part on which the page opens."""

EVERYTHING = "all"
"""The choice that shows all parts."""


class Fragment(NamedTuple):
    """A part of a page; its classes and ids all begin with `code-`.

    Only the ids of lines are paths: `pytorch_impl/cells.py-L27`. Colors follow
        the `color-scheme` of the root.
    """

    html: Markup
    css: str
    script: str


def fragment(
    tasks: list[str],
    cell: str | None = None,
    part: str | None = None,
    folder: Path | None = None,
    without: Collection[str] = (),
) -> Fragment:
    """The code of these tasks, initially showing this cell and part.

    cell: by default that of the first task; part: None for the cell's;
    folder: where the page is written, for links to files that are only there;
    without: files of the packages that are not shown.
    """
    found = [get_task(name) for name in tasks]
    tasks = [task.name for task in found]  # of files too
    cell = cell or found[0].model.cell
    check(cell, [part] if part else [])
    packages = read_packages()
    parts = {
        name: [row for row in rows if row.file not in without]
        for name, rows in page_parts(found, packages).items()
    }
    html = ENVIRONMENT.get_template("fragment.html").render(
        parts=parts,
        shown=shown_lines(parts),
        chapters=CHAPTERS,
        switches={"task": (tasks, tasks[0]), "cell": (CELLS, cell)},
        part=GROUPS.get(part or FIRST, (part or FIRST,))[0],
        everything=EVERYTHING,
        frameworks=FRAMEWORK_OF,
        differences=differences(packages),
        stories=[_story(task) for task in found],
        legend=shape_legend(),
        equations=EQUATIONS,
        proofs=proofs(),
        proof_folder=FOLDER,
        proof_file=f"{FOLDER}/{records_file(ROOT / FOLDER).name}",
        functions=FUNCTIONS,
        breakable=breakable,
        tokens=tokens,
        place=lambda path: source_place(path, folder),
    )
    css, script = (
        "".join((TEMPLATES / name).read_text("utf-8") for name in names)
        for names in (("code.css", "parts.css"), ("code.js", "tips.js"))
    )
    return Fragment(Markup(html), css, script)


def shown_lines(parts: dict[str, list[CodeRow]]) -> set[str]:
    """The ids of the lines on the page."""
    return {
        f"{package}/{row.file}-L{line.number}"
        for rows in parts.values()
        for row in rows
        for found in row.rows
        for package, lines in found.cells.items()
        for line in lines
    }


def _story(task: Task) -> dict[str, Any]:
    """What is said of one task: its file and its numbers."""
    path, text = task_source(task)
    return {
        "task": task,
        "path": path,
        "lines": plain_lines(text),
        "views": " ".join(f"{task.name}-{cell}" for cell in CELLS),
        "numbers": numbers(task),
    }


def page(
    tasks: list[str],
    cell: str | None = None,
    part: str | None = None,
    folder: Path | None = None,
) -> str:
    """One self-contained file: the text of code.html."""
    template = ENVIRONMENT.get_template("page.html")
    return template.render(
        code=fragment(tasks, cell, part, folder), tasks=tasks
    )
