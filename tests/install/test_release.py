"""A release states its version once everywhere, and dates the changelog."""

import datetime
import shutil
import subprocess
import sys
import tomllib

import pytest

from comparisons.records.environment import ROOT

STATED = ("pyproject.toml", "CITATION.cff", "CHANGELOG.md")


@pytest.fixture
def checkout(tmp_path):
    """The script, and the files that it changes."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "release", tmp_path / ".ci")
    for name in STATED:
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def release(checkout, *words):
    command = [sys.executable, checkout / ".ci" / "release", *words]
    return subprocess.run(command, capture_output=True, text=True)


def version_of(folder):
    project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    return project["version"]


def test_the_version_is_the_same_everywhere():
    assert (
        f"\nversion: {version_of(ROOT)}\n"
        in (ROOT / "CITATION.cff").read_text()
    )


def test_a_release_sets_the_version_and_dates_the_changelog(checkout):
    done = release(checkout, "7.8.9", "--no-build")
    assert done.returncode == 0, done.stderr
    assert version_of(checkout) == "7.8.9"
    assert "\nversion: 7.8.9\n" in (checkout / "CITATION.cff").read_text()
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    lines = (checkout / "CHANGELOG.md").read_text().splitlines()
    assert lines[2:5] == ["## Unreleased", "", f"## 7.8.9 ({today})"]
    before = (ROOT / "CHANGELOG.md").read_text().splitlines()
    assert lines[5:] == before[3:]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ((), "usage"),
        (("7.8",), "usage"),
        (("0.0.1", "--no-build"), "0.0.1 is not above"),
    ],
)
def test_a_wrong_version_changes_nothing(checkout, words, text):
    done = release(checkout, *words)
    assert done.returncode == 1
    assert text in done.stderr
    for name in STATED:
        assert (checkout / name).read_text() == (ROOT / name).read_text()
