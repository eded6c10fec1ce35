"""`compare.py site`: what it says, what it serves, what it misses."""

from __future__ import annotations

import importlib.util
import threading
from urllib.request import urlopen

import pytest

from comparisons.compare import dispatch
from comparisons.site import build, serve
from shared.errors import UserError


@pytest.fixture
def without(monkeypatch):
    """A module is not installed."""
    found = importlib.util.find_spec

    def missing(module):
        monkeypatch.setattr(
            importlib.util,
            "find_spec",
            lambda name, *more: None if name == module else found(name, *more),
        )

    return missing


@pytest.mark.parametrize("command", ["build", "serve", "notebooks", "messages"])
def test_a_missing_extra_is_one_line_with_the_command(without, command):
    without("sphinx_design")
    name = "build" if command == "serve" else command
    with pytest.raises(
        UserError,
        match=rf"site {name} needs sphinx-design, not installed: pip install "
        r"'rnn-comparisons\[docs\]'",
    ):
        dispatch(["site", command])


def test_pages_outside_a_checkout_are_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(build, "SOURCE", tmp_path)
    with pytest.raises(UserError, match="needs a checkout"):
        dispatch(["site", "build"])


def test_the_site_needs_the_name_of_a_command():
    with pytest.raises(UserError, match="site needs the name of one"):
        dispatch(["site"])
    with pytest.raises(UserError, match="did you mean 'build'"):
        dispatch(["site", "biuld"])


def test_errors_of_pages_are_printed_and_counted(monkeypatch, capsys, tmp_path):
    problems = ["index.md:3: WARNING: one", "index.md:5: WARNING: two"]
    monkeypatch.setattr(build, "write_pages", lambda source, out: problems)
    assert dispatch(["site", "build", "--out", str(tmp_path)]) == 1
    done = capsys.readouterr()
    assert "index.md:5: WARNING: two" in done.err
    assert "the site has 2 errors" in done.err
    assert done.out == ""


def test_a_site_without_errors_has_its_page_named(
    monkeypatch, capsys, tmp_path
):
    monkeypatch.setattr(build, "write_pages", lambda source, out: [])
    assert dispatch(["site", "build", "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"page: {tmp_path / 'index.html'}\n"


def test_pages_are_served_on_this_machine_alone(tmp_path):
    (tmp_path / "index.html").write_text("<p>course")
    with serve.server(tmp_path, 0) as serving:
        assert serving.server_address[0] == "127.0.0.1"
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        with urlopen(f"http://127.0.0.1:{serving.server_port}/") as answer:
            assert answer.read() == b"<p>course"
        with pytest.raises(UserError, match="choose another, or 0"):
            serve.server(tmp_path, serving.server_port)
        serving.shutdown()
        thread.join()


def test_nothing_is_served_of_a_site_with_errors(monkeypatch, tmp_path):
    monkeypatch.setattr(build, "write_pages", lambda source, out: ["error"])
    monkeypatch.setattr(serve, "server", None)
    assert dispatch(["site", "serve", "--out", str(tmp_path)]) == 1
