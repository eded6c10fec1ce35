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
        name, known = self.arguments[0], scripts()
        if name not in known:
            raise UserError(unknown("notebook", name, known))
        place = f"{self.up}notebooks/{name}"
        links = [
            f'<a href="{place}.html">read it</a>',
            f'<a href="{place}.ipynb" download>download it</a>',
        ]
        repository = self.config.course_repository
        if repository:
            if not OWNER.fullmatch(repository):
                raise UserError(f"course_repository is '{repository}'")
            path = f"{self.config.course_notebooks}/{name}.ipynb"
            where = repository, self.config.course_branch, path
            for title, address in (("Colab", COLAB), ("Binder", BINDER)):
                link = address.format(*where)
                links.append(f'<a href="{link}">open it in {title}</a>')
        return f'<p class="course-links">Notebook: {" · ".join(links)}</p>'
