"""Snippets of the three frameworks, and what running them printed.

A snippet is a file of `docs/course/snippets` with a cell for each framework
(`# %% pytorch`). It is not run when the pages are built: `compare.py site
messages` runs all of them and records what they print in `messages.json`.
"""

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from comparisons.frameworks import (
    DEFAULT,
    installed_versions,
    missing_modules,
    worker_environment,
)
from comparisons.records.environment import ROOT
from shared.errors import UserError, unknown
from shared.files.io import write_file

COURSE = ROOT / "docs" / "course"
SNIPPETS, MESSAGES = COURSE / "snippets", COURSE / "messages.json"
PREAMBLE = "preamble"
"""The snippet that runs before each other one: imports and an input."""

CELL = re.compile(r"^# %% (\w+)\n(.*?)(?=^# %% |\Z)", re.MULTILINE | re.DOTALL)
PROGRAM = "comparisons.site.course.execute"
LIMIT = 300.0
"""Seconds for all snippets of a framework."""

UPDATE = "compare.py site messages"


def cells(path: Path) -> dict[str, str]:
    """Framework -> the code of its cell; UserError for an unknown one."""
    found = {
        name: code.strip()
        for name, code in CELL.findall(path.read_text("utf-8"))
    }
    for name in found:
        if name not in DEFAULT:
            raise UserError(unknown("framework", name, DEFAULT))
    return found


@cache
def snippet(name: str) -> dict[str, str]:
    """Framework -> code; UserError for a name that has no file."""
    names = snippet_names()
    if name not in names:
        raise UserError(unknown("snippet", name, names))
    return cells(SNIPPETS / f"{name}.py")


def snippet_names() -> list[str]:
    return sorted(path.stem for path in SNIPPETS.glob("*.py"))


def digest(name: str, framework: str) -> str:
    """Of the code that runs, with that of the preamble, without comments."""
    parts = snippet(PREAMBLE).get(framework, ""), snippet(name)[framework]
    code = ast.unparse(ast.parse("\n".join(parts)))
    return hashlib.sha256(code.encode()).hexdigest()[:16]


def outputs(name: str) -> dict[str, str]:
    """Framework -> what its snippet printed, and its error.

    UserError where the snippet has changed since it was run.
    """
    known = recorded()["snippets"].get(name, {})
    found = {}
    for framework in snippet(name):
        one = known.get(framework, {})
        if one.get("code") != digest(name, framework):
            raise UserError(
                f"snippet {name} of {framework} has not been run as it is; "
                f"run {UPDATE}"
            )
        found[framework] = one["output"]
    return found


def recorded() -> dict[str, Any]:
    """Versions by framework, and the messages of each snippet."""
    if not MESSAGES.is_file():
        return {"versions": {}, "snippets": {}}
    found: dict[str, Any] = json.loads(MESSAGES.read_text("utf-8"))
    return found


def record(frameworks: Iterable[str]) -> None:
    """Run the snippets of these frameworks and keep what they print."""
    known = recorded()
    old = known["snippets"]
    found: dict[str, dict[str, Any]] = {
        name: dict(old.get(name, {}))
        for name in snippet_names()
        if name != PREAMBLE
    }
    for framework in frameworks:
        if missing := missing_modules(framework):
            names = ", ".join(missing)
            raise UserError(f"{framework} is not installed: {names}")
        known["versions"][framework] = installed_versions(framework)
        for name, text in run(framework, found).items():
            code = digest(name, framework)
            found[name][framework] = {"code": code, "output": text}
    known["snippets"] = found
    text = json.dumps(known, indent=1, ensure_ascii=False, sort_keys=True)
    write_file(MESSAGES, f"{text}\n")


def run(framework: str, names: Iterable[str]) -> dict[str, str]:
    """Name -> output, from a process of the framework."""
    codes = {n: snippet(n)[framework] for n in names if framework in snippet(n)}
    request = {"preamble": snippet(PREAMBLE)[framework], "snippets": codes}
    return execute(framework, request)


def execute(framework: str, request: Mapping[str, Any]) -> dict[str, str]:
    """What a process of the framework answers; UserError if it ends early."""
    environment = worker_environment(framework, "float32", "cpu", 1)
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", PROGRAM],
        input=json.dumps(request),
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT,
        env={**os.environ, **environment, **quiet},
        cwd=SNIPPETS,
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:]
        raise UserError(f"snippets of {framework}: {''.join(last)}")
    answers: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return answers
