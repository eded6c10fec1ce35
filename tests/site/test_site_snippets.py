"""Snippets of the course: what they print is what runs print."""

from __future__ import annotations

import pytest

from comparisons.frameworks import DEFAULT, installed_versions
from comparisons.site.course import snippets
from comparisons.site.course.execute import LONGEST, output
from shared.errors import UserError


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Snippets and messages of a folder, a snippet `one` in PyTorch."""
    monkeypatch.setattr(snippets, "SNIPPETS", tmp_path)
    monkeypatch.setattr(snippets, "MESSAGES", tmp_path / "messages.json")
    (tmp_path / "preamble.py").write_text("# %% pytorch\nx = 2\n")
    (tmp_path / "one.py").write_text("# %% pytorch\nprint(x + 1)\n")
    snippets.snippet.cache_clear()
    yield tmp_path
    snippets.snippet.cache_clear()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("1 + 1", "2"),
        ("print('a', end='')", "a"),
        ("x = 1", ""),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("print(1)\n[][1]", "1\nIndexError: list index out of range"),
        ("print(object())", "<object object>"),
        ("print('\\x1b[31mred\\x1b[0m')", "red"),
        ("import warnings; warnings.warn('no')", "UserWarning: no"),
        ("print('a' * 2000)", "a" * LONGEST + " …"),
        ("def f():\n    raise KeyError('k')\nf()", "KeyError: 'k'"),
    ],
)
def test_an_output_is_what_is_printed_and_the_error(code, text):
    assert output(code, {}) == text


def test_snippets_run_in_a_process_and_are_recorded(own):
    with pytest.raises(UserError, match="has not been run as it is"):
        snippets.outputs("one")
    snippets.record(["pytorch"])
    assert snippets.outputs("one") == {"pytorch": "3"}
    assert snippets.recorded()["versions"]["pytorch"]["torch"]


@pytest.mark.parametrize("name", ["one", "preamble"])
def test_a_snippet_that_has_changed_has_to_be_run_again(own, name):
    snippets.record(["pytorch"])
    path = own / f"{name}.py"
    path.write_text(path.read_text().replace("x", "y"))
    snippets.snippet.cache_clear()
    with pytest.raises(UserError, match=r"run compare.py site messages"):
        snippets.outputs("one")


def test_a_comment_that_has_changed_changes_no_output(own):
    snippets.record(["pytorch"])
    path = own / "one.py"
    path.write_text(path.read_text().replace("x + 1)", "x + 1)  # three"))
    snippets.snippet.cache_clear()
    assert snippets.outputs("one") == {"pytorch": "3"}


def test_a_cell_of_an_unknown_framework_is_refused(own):
    (own / "one.py").write_text("# %% torch\nprint(1)\n")
    with pytest.raises(UserError, match="unknown framework 'torch'"):
        snippets.snippet("one")


def test_a_snippet_that_ends_the_process_is_an_error(own):
    (own / "one.py").write_text("# %% pytorch\nimport os\nos._exit(3)\n")
    snippets.snippet.cache_clear()
    with pytest.raises(UserError, match="snippets of pytorch"):
        snippets.record(["pytorch"])


def test_every_snippet_is_recorded_as_it_is():
    names = set(snippets.snippet_names()) - {snippets.PREAMBLE}
    assert names == set(snippets.recorded()["snippets"])
    for name in names:
        assert set(snippets.outputs(name)) == set(DEFAULT)


@pytest.mark.parametrize("framework", DEFAULT)
def test_every_snippet_still_prints_what_is_recorded(framework):
    known = snippets.recorded()
    if known["versions"][framework] != installed_versions(framework):
        pytest.skip("recorded with other versions: compare.py site messages")
    names = known["snippets"]
    found = snippets.run(framework, names)
    assert found == {n: names[n][framework]["output"] for n in found}
