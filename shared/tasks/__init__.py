"""The tasks by chapter of the course.

A task is one file in a chapter's folder that defines TASK, a
`shared.task.Task`; beside it lies what only its chapter needs.
"""

from __future__ import annotations

import dataclasses
import importlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shared.errors import SpecError, unknown
from shared.fields import current_fields
from shared.specs import RunSpec
from shared.task import Dataset, Task

DEFINITION = re.compile(r"^TASK\b", re.MULTILINE)

RECORDS = ("model", "train", "data")
"""Fields of a task and of a run that are records of options."""

DERIVED = {
    *("model", "cell", "init"),  # ModelSpec
    *("input_size", "output_size", "char_size"),
    *("seed", "loop"),  # TrainSpec
}
"""Fields of these that follow from the run or from the data."""


def task_names() -> list[str]:
    return sorted(_modules())


def get_task(name: str, metric: str = "") -> Task:
    """The task of this name; an unknown name raises SpecError.

    metric: that of its data (`Dataset.metric`), if the data define one.
    """
    modules = _modules()
    if name not in modules:
        raise SpecError(unknown("task", name, sorted(modules)))
    found: Task = importlib.import_module(modules[name]).TASK
    return dataclasses.replace(found, metric=metric or found.metric)


def _modules() -> dict[str, str]:
    """Task -> module: the files of the chapters that define TASK.

    The text of a file is read, so that listing tasks imports none of them.
    """
    files = [file for path in __path__ for file in Path(path).glob("*/*.py")]
    return {
        file.stem: f"{__name__}.{file.parent.name}.{file.stem}"
        for file in files
        if DEFINITION.search(file.read_text(encoding="utf-8"))
    }


def preset_of(task: Task, name: str) -> Mapping[str, Any]:
    """A preset of the task; an unknown name raises SpecError."""
    if name not in task.presets:
        raise SpecError(unknown("preset", name, task.presets))
    return task.presets[name]


def dataset_name(options: Mapping[str, Any]) -> str:
    """The name of the user's own file, else of the data set."""
    own: str = options.get("data", "")
    name: str = Path(own).name if own else options["dataset"]
    return name


def defaults(
    task: Task, preset: str, data: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Record -> its fields where nothing is given but these data options.

    An unknown preset raises SpecError.
    """
    changes = preset_of(task, preset)
    found = {
        kind: {**vars(getattr(task, kind)), **changes.get(kind, {})}
        for kind in RECORDS
    }
    own = task.train_for.get(dataset_name({**found["data"], **data}), {})
    found["train"] = {**vars(task.train), **own, **changes.get("train", {})}
    return found


def resolve(**options: Any) -> RunSpec:
    """The complete run of some fields of `RunSpec`.

    model, train and data hold the fields given, all of them or none; the
    preset and the task give the others. What is not admitted raises
    SpecError. The sizes that only the data give are those of the task, unless
    given: see `sized`.
    """
    task = get_task(options["task"])
    given = {kind: options.get(kind, {}) for kind in RECORDS}
    found = defaults(task, options.get("preset", "standard"), given["data"])
    parts = {
        kind: _replace(getattr(task, kind), {**found[kind], **given[kind]})
        for kind in RECORDS
    }
    return RunSpec(**{"threads": task.threads, **options, **parts})


def chosen(run: RunSpec) -> dict[str, dict[str, Any]]:
    """Record -> the fields of a run that differ from those of its preset."""
    data = vars(run.data)
    named = {name: data[name] for name in ("data", "dataset") if name in data}
    usual = defaults(get_task(run.task), run.preset, named)
    return {
        kind: {
            name: value
            for name, value in sorted(vars(getattr(run, kind)).items())
            if name not in DERIVED and value != usual[kind].get(name)
        }
        for kind in RECORDS
    }


def sized(run: RunSpec, dataset: Dataset) -> RunSpec:
    """The run with the model that its data ask for, of their sizes."""
    model = dataclasses.replace(
        run.model,
        model=dataset.model or run.model.model,
        input_size=dataset.input_size,
        output_size=dataset.output_size,
        char_size=dataset.char_size,
    )
    return dataclasses.replace(run, model=model)


def _replace(record: Any, changes: Mapping[str, Any]) -> Any:
    """A changed copy; an unknown field raises SpecError."""
    names = [item.name for item in dataclasses.fields(record)]
    changes = current_fields(changes, names)
    for name in changes:
        if name not in names:
            raise SpecError(unknown("option", name, names))
    return dataclasses.replace(record, **changes)
