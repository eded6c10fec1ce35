"""Tasks of one's own: from a file, or from an installed distribution."""

import dataclasses
import hashlib
import importlib.util
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from shared.errors import DataError, SpecError, UserError
from shared.task import Dataset, Scores, Task
from shared.task.checks import check_dataset, check_scores, check_task

SUFFIX = ".py"
NAMED = "RNN_TASK_FILES"
"""Environment variable: the task files that may be run, joined by `:`.

Records and checkpoints name the file of their task. Only one that the user
names is run, so that no downloaded folder chooses what is.
"""

GROUP = "rnn_comparisons.tasks"
"""Entry points: name of a task -> module, or its TASK."""


def use_file(path: str | Path) -> str:
    """Let this process and those it starts run a task file; its id."""
    name = str(Path(path).absolute())
    files = os.environ.get(NAMED, "").split(os.pathsep)
    if name not in files:
        named = [file for file in (*files, name) if file]
        os.environ[NAMED] = os.pathsep.join(named)
    return name


def is_file(name: str) -> bool:
    """Whether the name of a task is that of its file."""
    return name.endswith(SUFFIX)


def task_of_file(name: str) -> Task:
    """The task of a file; UserError with file, line and field if it has none.

    It is read again where the file has changed.
    """
    name = str(Path(name).absolute())
    if name not in os.environ.get(NAMED, "").split(os.pathsep):
        raise DataError(
            f"the task is defined in '{name}', which is run only if it is "
            f"named: --task-file {name}"
        )
    return _task(name, read_source(name))


def read_source(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8"
        raise DataError(f"cannot read task file '{name}': {reason}") from error


@lru_cache(maxsize=8)
def _task(name: str, source: str) -> Task:
    digest = hashlib.sha256(f"{name}\0{source}".encode()).hexdigest()[:16]
    module = ModuleType(f"task_file_{digest}")
    module.__file__ = name
    # Dataclasses look their module up.
    sys.modules[module.__name__] = module
    with located(name):
        exec(compile(source, name, "exec"), module.__dict__)
    return checked(module, name)


def checked(module: Any, file: str) -> Task:
    """The TASK of a module, whose functions say where they fail."""
    task = getattr(module, "TASK", None)
    if not isinstance(task, Task):
        raise SpecError(f"{file}: defines no TASK, a shared.task.Task")
    try:
        check_task(task)
    except UserError as error:
        raise SpecError(f"{file}: {error}") from error

    def score(outputs: Any, part: str, dataset: Dataset) -> Scores:
        with located(file, "score"):
            scores = task.score(outputs, part, dataset)
            check_scores(scores, task, dataset.metric or task.metric)
        return scores

    def load(data: Any, seed: int) -> Dataset:
        with located(file, "load"):
            dataset = task.load(data, seed)
            check_dataset(dataset, task)
        if trial := TRIALS.get(dataset.model or task.model.model):
            score(trial(dataset), "test", dataset)
        return dataset

    def baselines(dataset: Dataset) -> dict[str, Scores]:
        with located(file, "baselines"):
            found = task.baselines(dataset)
            for scores in found.values():
                check_scores(scores, task, dataset.metric or task.metric)
        return found

    return dataclasses.replace(
        task, load=load, score=score, baselines=baselines, file=file
    )


def rows_of_zeros(dataset: Dataset) -> np.ndarray:
    return np.zeros((len(dataset.test.x), dataset.output_size), np.float32)


def steps_of_zeros(dataset: Dataset) -> np.ndarray:
    shape = (*dataset.test.x.shape[:2], dataset.output_size)
    return np.zeros(shape, np.float32)


TRIALS: dict[str, Callable[[Dataset], np.ndarray]] = {
    "forecaster": rows_of_zeros,
    "classifier": rows_of_zeros,
    "tagger": steps_of_zeros,
    "language_model": lambda data: np.zeros(data.test.y.shape, np.float32),
}
"""Model -> outputs by which `score` is tried before the training."""


@contextmanager
def located(file: str, field: str = "") -> Iterator[None]:
    """Context in which any error becomes a UserError: file, line and field."""
    where = f"{field}: " if field else ""
    try:
        yield
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.filename == file else ""
        raise SpecError(f"{file}{line}: {where}{error.msg}") from error
    except Exception as error:
        lines = [
            frame.lineno
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == file
        ]
        line = f", line {lines[-1]}" if lines else ""
        kind = DataError if field == "load" else SpecError
        known = isinstance(error, UserError)
        text = str(error) if known else f"{type(error).__name__}: {error}"
        raise kind(f"{file}{line}: {where}{text}") from error


@cache
def installed() -> dict[str, EntryPoint]:
    """Name -> the entry point of a task in another distribution."""
    return {point.name: point for point in entry_points(group=GROUP)}


@cache
def task_of_entry_point(name: str) -> Task:
    """The task of a distribution; UserError if it cannot be used."""
    point = installed()[name]
    where = f"entry point '{name} = {point.value}'"
    with located(where):
        found = point.load()
    if isinstance(found, Task):
        module = ModuleType(point.module)
        vars(module)["TASK"] = found
        found = module
    task = checked(found, where)
    if task.name != name:
        raise SpecError(f"{where}: name: '{task.name}' is not '{name}'")
    return dataclasses.replace(task, file="")


def source_digest(name: str) -> str:
    """A digest of the source of a task that is not in this package; else ""."""
    if is_file(name):
        return hashlib.sha256(read_source(name).encode()).hexdigest()
    if name not in installed():
        return ""
    spec = importlib.util.find_spec(installed()[name].module)
    origin = spec.origin if spec else None
    content = Path(origin).read_bytes() if origin else b""
    return hashlib.sha256(content).hexdigest()
