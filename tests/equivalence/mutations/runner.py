"""Plant each error in a copy of the project and run the related tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from typing import NamedTuple

from .planted import ROOT, PlantedError
from .related import stages

LIMIT = 600
"""Seconds of one stage; an error that keeps it longer is caught by that."""

FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
NOTHING_COLLECTED = 5
"""The exit code of pytest for a stage without a test."""


class Outcome(NamedTuple):
    """What became of a planted error; caught_by: a test, "" if it survived."""

    error: PlantedError
    table: str
    caught_by: str


class TestsFailError(Exception):
    """Related tests that fail without any error planted."""


def run_all(
    tables: dict[str, list[PlantedError]], jobs: int
) -> Iterator[Outcome]:
    """The outcome of each error, as it comes; `jobs` run at a time."""
    with TemporaryDirectory() as folder:
        copies: Queue[Path] = Queue()
        for number in range(jobs):
            copies.put(copy_project(Path(folder) / str(number)))

        def run(table: str, error: PlantedError) -> Outcome:
            copy = copies.get()
            try:
                return Outcome(error, table, caught_by(copy, error))
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


def caught_by(copy: Path, error: PlantedError) -> str:
    """The first test that fails with the error, or "" where all pass."""
    path = copy / error.file
    path.write_text(error.planted())
    try:
        for arguments in stages(error.file):
            if failed := first_failure(copy, arguments):
                return failed
        return ""
    finally:
        shutil.copy(ROOT / error.file, path)


def first_failure(copy: Path, arguments: list[str]) -> str:
    """The first failing test of one stage, or ""."""
    existing = [
        one
        for one in arguments
        if not one.startswith("tests/") or (copy / one).exists()
    ]
    options = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, *existing]
    environment = os.environ | {
        "PYTHONPATH": str(copy),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        # An error changes few of the programs that JAX compiles.
        "JAX_COMPILATION_CACHE_DIR": str(copy.parent / "jax"),
        "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
    }
    try:
        done = subprocess.run(
            command,
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "no end"
    if done.returncode in (0, NOTHING_COLLECTED):
        return ""
    found = FAILED.search(done.stdout)
    return found[1] if found else f"exit {done.returncode}"
