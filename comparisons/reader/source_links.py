"""Links to files of the code: at their host, or relative to the page."""

import os
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

from comparisons.records.environment import ROOT

REMOTE = re.compile(
    r"(?:https?://(?:[^@/]*@)?|ssh://git@|git@)(?P<host>[^/:]+)(?::\d+)?[/:]"
    r"(?P<path>.+?)(?:\.git)?/?"
)
"""A git remote, by whichever protocol."""

SCHEMES = {"github": "blob", "gitlab": "-/blob"}
"""Word of a host -> what is before the commit in the address of a file."""


def source_place(path: str, folder: Path | None, root: Path = ROOT) -> str:
    """Address of a file; "" where the page can only name it.

    The file is at the repository's host if its commit is there, else on disk
        if the page is written inside the checkout, and can move with it.
    """
    if Path(path).is_absolute():
        return ""
    host = repository(root)
    if host:
        return f"{host}/{path}"
    if folder is None or not folder.absolute().is_relative_to(root):
        return ""
    return Path(os.path.relpath(root / path, folder)).as_posix()


@cache
def repository(root: Path = ROOT) -> str:
    """Where the host shows the files of this code; "" if that is unknown.

    The code is that of a commit which the remote has, unchanged; or of the
        main branch of the repository that pyproject.toml states.
    """
    commit = _git(root, "rev-parse", "HEAD")
    changed = _git(root, "status", "--porcelain", "--untracked-files=no")
    if _git(root, "branch", "--remotes", "--contains", "HEAD") and not changed:
        return web_address(_git(root, "remote", "get-url", "origin"), commit)
    stated = stated_repository(root)
    return f"{stated}/blob/main" if stated and not commit else ""


def web_address(remote: str, commit: str) -> str:
    """The files of a commit at GitHub or GitLab; "" for another host."""
    found = REMOTE.fullmatch(remote)
    if found is None or not commit:
        return ""
    host, path = found["host"], found["path"]
    schemes = (scheme for word, scheme in SCHEMES.items() if word in host)
    scheme = next(schemes, "")
    return f"https://{host}/{path}/{scheme}/{commit}" if scheme else ""


def stated_repository(root: Path) -> str:
    """The address that pyproject.toml states; "" if there is none."""
    path = root / "pyproject.toml"
    if not path.exists():
        return ""
    urls = tomllib.loads(path.read_text("utf-8"))["project"].get("urls", {})
    names = {name.lower(): url for name, url in urls.items()}
    found: str = names.get("repository") or names.get("source") or ""
    return found.rstrip("/")


def _git(root: Path, *words: str) -> str:
    """What git prints of this checkout; "" where it is none."""
    if not (root / ".git").exists():
        return ""
    command = ["git", "--no-optional-locks", "-C", str(root), *words]
    try:
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
