"""Notebooks of the course: they run, and the pages link to them."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import pytest

from comparisons.records.environment import ROOT
from comparisons.site.build import SOURCE
from comparisons.site.course.notebooks import (
    links,
    read,
    scripts,
    write_notebooks,
)
from shared.errors import UserError

LIMIT = 120
"""Seconds of a cell on a busy machine; alone, a notebook takes 20."""


def test_notebooks_are_made_of_the_scripts(tmp_path):
    files = list(write_notebooks(tmp_path))
    assert [file.stem for file in files] == list(scripts())
    cells = json.loads(files[0].read_text("utf-8"))["cells"]
    assert {cell["cell_type"] for cell in cells} == {"markdown", "code"}
    assert not any(cell.get("outputs") for cell in cells)


def test_each_chapter_shows_its_notebook():
    for path in (SOURCE / "chapters").glob("*.md"):
        text = path.read_text("utf-8")
        assert f"```{{notebook}} {path.stem}\n" in text
    chapters = {path.stem for path in (SOURCE / "chapters").glob("*.md")}
    assert chapters == set(scripts())


def published(**settings):
    """The settings of a site whose notebooks are public."""
    known = {"course_repository": "owner/project", "course_branch": "main"}
    known |= {"course_notebooks": "notebooks", **settings}
    return SimpleNamespace(**known)


def test_one_setting_links_a_notebook_to_colab_and_binder():
    shown = links("02_backpropagation", "../", published())
    colab = "https://colab.research.google.com/github/owner/project/blob/main/"
    binder = "https://mybinder.org/v2/gh/owner/project/main?labpath="
    name = "02_backpropagation.ipynb"
    assert re.findall(r'href="([^"]+)"', shown) == [
        "../notebooks/02_backpropagation.html",
        f"../notebooks/{name}",
        f"{colab}notebooks/{name}",
        f"{binder}notebooks/{name}",
    ]
    other = links(
        "02_backpropagation",
        "../",
        published(course_branch="course", course_notebooks="a/b"),
    )
    assert f"/blob/course/a/b/{name}" in other
    assert f"/course?labpath=a/b/{name}" in other


def test_without_the_setting_nothing_leaves_the_machine():
    shown = links("02_backpropagation", "../", published(course_repository=""))
    assert "https:" not in shown
    assert shown.count("href=") == 2


@pytest.mark.parametrize("name", ["project", "https://x.org/a/b", "a/b/c"])
def test_a_repository_is_an_owner_and_a_name(name):
    with pytest.raises(UserError, match=re.escape(f"'{name}' is not")):
        links("02_backpropagation", "", published(course_repository=name))


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """Notebook -> its cells, run from top to bottom in one kernel.

    A kernel imports the frameworks for seconds, so that all notebooks share
    one, in which the names of the notebook before are dropped.
    """
    import nbformat
    from nbclient import NotebookClient

    new_cell, whole = nbformat.v4.new_code_cell, nbformat.v4.new_notebook()
    books = {name: read(path) for name, path in scripts().items()}
    for name, book in books.items():
        folder = tmp_path_factory.mktemp(name)
        start = new_cell(f"%reset -f\n%cd -q {folder}")
        whole.cells += [start, *book.cells]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        NotebookClient(whole, timeout=LIMIT, allow_errors=True).execute()
    return {name: book.cells for name, book in books.items()}


@pytest.mark.parametrize("name", scripts())
def test_a_notebook_runs_from_top_to_bottom(executed, name):
    cells = [c for c in executed[name] if c.cell_type == "code" and c.source]
    assert all(cell.execution_count for cell in cells)
    errors = [
        f"{output.ename}: {output.evalue} in {cell.source}"
        for cell in cells
        for output in cell.outputs
        if output.output_type == "error"
    ]
    assert errors == []
    text = json.dumps(executed[name])
    for framework in ("NumPy", "PyTorch", "Keras", "JAX"):
        assert f"{framework} " in text


@pytest.mark.parametrize("name", scripts())
def test_a_notebook_chooses_a_backend_before_it_imports_keras(name):
    # One kernel for all would not show that a notebook lacks the line.
    text = scripts()[name].read_text("utf-8")
    chosen = text.find('os.environ.setdefault("KERAS_BACKEND"')
    imported = re.search(r"^ *(import|from) (keras|comparisons)", text, re.M)
    assert not imported or 0 < chosen < imported.start()
