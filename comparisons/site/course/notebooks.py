"""The notebooks of the course: percent scripts, of which .ipynb is made."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jupytext

from comparisons.site.course.base import CourseDirective
from comparisons.site.course.snippets import COURSE
from shared.errors import UserError, unknown
from shared.files.io import write_file

NOTEBOOKS = COURSE / "notebooks"
OWNER = re.compile(r"[\w.-]+/[\w.-]+")
COLAB = "https://colab.research.google.com/github/{0}/blob/{1}/{2}"
BINDER = "https://mybinder.org/v2/gh/{0}/{1}?labpath={2}"
INSTALL = (
    "on Colab, run <code>!pip install git+https://github.com/{0}</code> first"
)


def scripts() -> dict[str, Path]:
    """Name -> percent script."""
    return {path.stem: path for path in sorted(NOTEBOOKS.glob("*.py"))}


def read(path: Path) -> Any:
    """The notebook of a script, without outputs."""
    return jupytext.read(path, fmt="py:percent")


def write_notebooks(folder: Path) -> Iterator[Path]:
    """Write the .ipynb of each script."""
    for name, path in scripts().items():
        text = jupytext.writes(read(path), fmt="ipynb")
        file = folder / f"{name}.ipynb"
        write_file(file, f"{text.rstrip()}\n")
        yield file


class NotebookDirective(CourseDirective):
    """`{notebook} 01_sequences`: the links to a notebook and its files.

    Those to Colab and Binder need the configuration `course_repository`, a
    name such as owner/project, in which the .ipynb files are kept at
    `course_notebooks`.
    """

    def text(self) -> str:
        """A line of links."""
        return links(self.arguments[0], self.up, self.config)


def links(name: str, up: str, config: Any) -> str:
    """The links of a notebook from a page; `up`: the path to the first page.

    UserError for an unknown notebook or a setting that names no repository.
    """
    known = scripts()
    if name not in known:
        raise UserError(unknown("notebook", name, known))
    place = f"{up}notebooks/{name}"
    addresses = {
        "read it": f'"{place}.html"',
        "download it": f'"{place}.ipynb" download',
    }
    if repository := config.course_repository:
        if not OWNER.fullmatch(repository):
            raise UserError(
                f"course_repository: '{repository}' is not owner/project"
            )
        path = f"{config.course_notebooks}/{name}.ipynb"
        where = repository, config.course_branch, path
        for title, address in (("Colab", COLAB), ("Binder", BINDER)):
            link = address.format(*where)
            addresses[f"open it in {title}"] = f'"{link}"'
    shown = [f"<a href={a}>{title}</a>" for title, a in addresses.items()]
    shown += [INSTALL.format(repository)] * bool(repository)
    return f'<p class="course-links">Notebook: {" · ".join(shown)}</p>'
