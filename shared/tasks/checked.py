"""The checks of a task of one's own: what fails, and in which line."""

import dataclasses
import json
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from shared.errors import DataError, SpecError, UserError
from shared.task import Dataset, Scores, Task
from shared.task.checks import check_dict, check_scores, check_task
from shared.task.data_checks import check_dataset


def checked(module: Any, file: str) -> Task:
    """The TASK of a module, whose functions say where they fail."""
    task = getattr(module, "TASK", None)
    if not isinstance(task, Task):
        raise SpecError(f"{file}: defines no TASK, a shared.task.Task")
    with located(file):
        check_task(task)

    functions: dict[str, Any] = {
        name: checked_function(task, file, name) for name in CALLED
    }
    load, score = functions["load"], functions["score"]

    def load_and_try(data: Any, seed: int) -> Dataset:
        dataset: Dataset = load(data, seed)
        if trial := TRIALS.get(dataset.model or task.model.model):
            score(trial(dataset), "test", dataset)
        return dataset

    functions["load"] = load_and_try
    return dataclasses.replace(task, file=file, **functions)


def checked_function(task: Task, file: str, name: str) -> Callable[..., Any]:
    """A function of a task that says where it fails."""
    function = getattr(task, name)

    def run(*given: Any) -> Any:
        with located(file, name):
            return CALLED[name](task, function(*given), *given)

    return run


def checked_data(task: Task, dataset: Any, *given: Any) -> Dataset:
    check_dataset(dataset, task)
    loaded: Dataset = dataset
    return loaded


def checked_scores(task: Task, scores: Any, *given: Any) -> Scores:
    """The scores of a data set, the last that is given, as plain numbers."""
    check_scores(scores, task, given[-1].metric or task.metric)
    return {name: float(value) for name, value in scores.items()}


def checked_baselines(
    task: Task, found: Any, dataset: Dataset
) -> dict[str, Scores]:
    check_dict(found)
    return {n: checked_scores(task, s, dataset) for n, s in found.items()}


def checked_json(task: Task, found: Any, *given: Any) -> Any:
    json.dumps(found)
    return found


def unchecked(task: Task, found: Any, *given: Any) -> Any:
    return found


CALLED: dict[str, Callable[..., Any]] = {
    "load": checked_data,
    "score": checked_scores,
    "baselines": checked_baselines,
    "details": checked_json,
    **dict.fromkeys(("noise_floor", "examples", "summarize"), unchecked),
    **dict.fromkeys(("adapt", "exhibits"), unchecked),
}
"""Function of a task -> the check of what it returns: (task, result, what the
function was given) -> result."""


def rows_of_zeros(dataset: Dataset) -> np.ndarray:
    return np.zeros((len(dataset.test.x), dataset.output_size), np.float32)


def steps_of_zeros(dataset: Dataset) -> np.ndarray:
    shape = (*dataset.test.x.shape[:2], dataset.output_size)
    return np.zeros(shape, np.float32)


TRIALS: dict[str, Callable[[Dataset], np.ndarray]] = {
    "forecaster": rows_of_zeros,
    "sequence_forecaster": rows_of_zeros,
    "classifier": rows_of_zeros,
    "tagger": steps_of_zeros,
    **dict.fromkeys(("speech_recognizer", "video_model"), steps_of_zeros),
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
