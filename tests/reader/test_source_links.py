"""Links to files: at the host of the commit, else on disk, else none."""

import subprocess

import pytest

from comparisons.reader.source_links import (
    repository,
    source_place,
    web_address,
)

HOST = "https://github.com/owner/name"


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        (f"{HOST}.git", f"{HOST}/blob/abc"),
        ("https://user:secret@github.com/owner/name/", f"{HOST}/blob/abc"),
        ("git@github.com:owner/name.git", f"{HOST}/blob/abc"),
        ("ssh://git@github.com:22/owner/name", f"{HOST}/blob/abc"),
        (
            "https://gitlab.example.org/a/b/c.git",
            "https://gitlab.example.org/a/b/c/-/blob/abc",
        ),
        ("https://example.org/owner/name.git", ""),
        ("/home/user/name", ""),
        ("", ""),
    ],
)
def test_the_files_of_a_commit_have_an_address(remote, address):
    assert web_address(remote, "abc") == address
    assert web_address(remote, "") == ""


@pytest.fixture
def checkout(tmp_path):
    """A checkout of one commit, and what runs git in it."""

    def git(*words):
        command = ["git", "-C", str(tmp_path), *words]
        done = subprocess.run(command, check=True, capture_output=True)
        return done.stdout.decode().strip()

    git("init", "--quiet")
    (tmp_path / "a.py").write_text("a = 1\n")
    git("add", ".")
    who = ("-c", "user.name=n", "-c", "user.email=e")
    git(*who, "commit", "--quiet", "--message", "m")
    repository.cache_clear()
    yield tmp_path, git
    repository.cache_clear()


def test_a_file_is_at_the_host_only_where_its_commit_is(checkout):
    root, git = checkout
    inside, outside = root / "docs", root.parent
    assert source_place("a.py", inside, root) == "../a.py"
    assert source_place("a.py", root, root) == "a.py"
    assert source_place("a.py", outside, root) == ""
    assert source_place("a.py", None, root) == ""
    assert source_place(str(root / "a.py"), inside, root) == ""
    git("remote", "add", "origin", "git@github.com:owner/name.git")
    repository.cache_clear()
    assert source_place("a.py", root, root) == "a.py"  # not pushed
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    repository.cache_clear()
    address = f"{HOST}/blob/{git('rev-parse', 'HEAD')}/a.py"
    assert source_place("a.py", outside, root) == address
    (root / "a.py").write_text("a = 2\n")
    repository.cache_clear()
    assert source_place("a.py", outside, root) == ""  # changed since


def test_a_release_links_to_the_stated_repository(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        f'[project]\nurls = {{Repository = "{HOST}/"}}\n'
    )
    assert source_place("a.py", None, tmp_path) == f"{HOST}/blob/main/a.py"
