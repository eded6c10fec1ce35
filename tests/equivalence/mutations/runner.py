"""Plant each error in a copy of the project and run the related tests."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from multiprocessing.context import ForkServerContext
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from typing import NamedTuple

from .forks import fork_server, run_pytest
from .planted import ROOT, PlantedError
from .related import stages

LIMIT = 600
"""Seconds of one stage; an error that keeps it longer is caught by that."""

FAILED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)
NOTHING_COLLECTED = 5
"""The exit code of pytest for a stage without a test."""
GONE = "ERROR: not found"
"""What pytest prints of a test that no longer exists."""


class Outcome(NamedTuple):
    """What became of a planted error; caught_by: a test, "" if it survived."""

    error: PlantedError
    table: str
    caught_by: str


def run_all(
    tables: dict[str, list[PlantedError]],
    jobs: int,
    nearest: dict[tuple[str, ...], str],
) -> Iterator[Outcome]:
    """The outcome of each error, as it comes; `jobs` run at a time.

    nearest: place of an error -> the test that caught it before, run first.
    """
    with TemporaryDirectory() as folder:
        server = fork_server(Path(folder) / "jax")
        copies: Queue[Path] = Queue()
        for number in range(jobs):
            copies.put(copy_project(Path(folder) / str(number)))

        def run(table: str, error: PlantedError) -> Outcome:
            copy = copies.get()
            try:
                before = nearest.get(error.place(), "")
                caught = caught_by(server, copy, error, before)
                return Outcome(error, table, caught)
            finally:
                copies.put(copy)

        pool = ThreadPoolExecutor(jobs)
        futures = [
            pool.submit(run, table, error)
            for table, errors in tables.items()
            for error in errors
        ]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def copy_project(target: Path) -> Path:
    """A copy of the files that git knows, and of new ones."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    return target


def caught_by(
    server: ForkServerContext, copy: Path, error: PlantedError, nearest: str
) -> str:
    """The first test that fails with the error, or "" where all pass."""
    path = copy / error.file
    path.write_text(error.planted())
    try:
        for arguments in [[nearest]] * bool(nearest) + stages(error.file):
            if failed := first_failure(server, copy, arguments):
                return failed
        return ""
    finally:
        shutil.copy(ROOT / error.file, path)


def first_failure(
    server: ForkServerContext, copy: Path, arguments: list[str]
) -> str:
    """The first failing test of one stage, or ""."""
    existing = [
        one
        for one in arguments
        if not one.startswith("tests/")
        or (copy / one.partition("::")[0]).exists()
    ]
    if not any(one.startswith("tests/") for one in existing):
        return ""  # pytest without a path runs all tests
    code, printed = run_pytest(server, copy, existing, LIMIT)
    if code is None:
        return "no end"
    if code in (0, NOTHING_COLLECTED) or GONE in printed:
        return ""
    found = FAILED.search(printed)
    return found[1] if found else f"exit {code}"
