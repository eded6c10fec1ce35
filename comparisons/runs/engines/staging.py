"""The code and the data that other machines need, in one folder.

As a program, `python -m comparisons.runs.engines.staging`, it prints the files
that loading the data of a run opens; the run is a line of its input.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from comparisons.frameworks import FRAMEWORKS, resolve_run
from comparisons.records.environment import ROOT
from comparisons.runs.processes import start_python
from shared.files import catalogue
from shared.files.user_file import DIGESTS, named_file
from shared.specs import RunSpec
from shared.tasks import get_task
from shared.tasks.files import NAMED, is_file

MODULE = "comparisons.runs.engines.staging"
DATA, OWN = "data", "own"
"""Folders of data sets, and of the user's files."""


class Staged(NamedTuple):
    """A folder to send; see `Host` for what goes with it."""

    folder: Path
    environment: dict[str, str]
    sent: dict[str, str]


def stage(run: RunSpec, folder: Path) -> Staged:
    """Copy the packages, the files of the run's data, and its task file."""
    packages = {framework.package for framework in FRAMEWORKS.values()}
    for name in ("comparisons", "shared", *sorted(packages)):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    environment: dict[str, str] = {}
    sent: dict[str, str] = {}
    for path in user_files(run):
        copy = Path(OWN) / str(len(sent)) / path.name
        copy_to(path, folder / copy)
        sent[str(path)] = str(copy)
    if is_file(run.task):
        environment[NAMED] = sent[run.task]
    root = catalogue.path_of("").absolute()
    for path in opened_files(run):
        if path.is_relative_to(root):
            copy_to(path, folder / DATA / path.relative_to(root))
            environment["RNN_DATA_DIR"] = DATA
    return Staged(folder, environment, sent)


def copy_to(path: Path, copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.copytree(path, copy)
    else:
        shutil.copyfile(path, copy)


def user_files(run: RunSpec) -> list[Path]:
    """The files, or folders, that the user named."""
    named = [named_file(name, getattr(run.data, name, "")) for name in DIGESTS]
    named.append(run.task if is_file(run.task) else "")
    return [Path(name) for name in named if name and Path(name).exists()]


def opened_files(run: RunSpec) -> list[Path]:
    """The files that loading the data opens, found by another process."""
    with start_python(
        MODULE, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        out, _ = process.communicate(json.dumps(asdict(run)) + "\n")
    return [path for path in map(Path, json.loads(out)) if path.is_file()]


def main() -> None:
    run = resolve_run(**json.loads(sys.stdin.readline()))
    opened: dict[str, None] = {}

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | os.PathLike):
            opened[str(Path(arguments[0]).absolute())] = None

    sys.addaudithook(note)
    task = get_task(run.task)
    task.fetch(run.data, False)
    task.load(run.data, run.seed)
    print(json.dumps(list(opened)))


if __name__ == "__main__":
    main()
