"""The checks of a task of one's own: what fails, and in which line."""

import dataclasses
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

from shared.errors import DataError, SpecError, UserError
from shared.task import Dataset, Scores, Task
from shared.task.checks import check_scores, check_task
from shared.task.data_checks import check_dataset


def checked(module: Any, file: str) -> Task:
    """The TASK of a module, whose functions say where they fail."""
    task = getattr(module, "TASK", None)
    if not isinstance(task, Task):
        raise SpecError(f"{file}: defines no TASK, a shared.task.Task")
    with located(file):
        check_task(task)

    def numbers(scores: Any, dataset: Dataset) -> Scores:
        check_scores(scores, task, dataset.metric or task.metric)
        return {name: float(value) for name, value in scores.items()}

    def score(outputs: Any, part: str, dataset: Dataset) -> Scores:
        with located(file, "score"):
            return numbers(task.score(outputs, part, dataset), dataset)

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
            if not isinstance(found, Mapping):
                raise SpecError(f"{type(found).__name__} is no dict of scores")
            return {
                name: numbers(scores, dataset) for name, scores in found.items()
            }

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
    except (Exception, SystemExit) as error:
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
