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
from shared.specs import ModelSpec, RunSpec, TrainSpec
from shared.task import Dataset, Task

DEFINITION = re.compile(r"^TASK\b", re.MULTILINE)


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
    """Task -> module, found without importing: the files' text is searched."""
    files = Path(__file__).parent.glob("*/*.py")
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


def data_options(run: RunSpec) -> Any:
    """The task's data options, overridden by the preset and the run."""
    task = get_task(run.task)
    preset = preset_of(task, run.preset).get("data", {})
    return _replace(task.data, {**preset, **run.data})


def dataset_name(options: Any) -> str:
    """The name of the user's own file, else of the data set."""
    own: str = getattr(options, "data", "")
    name: str = Path(own).name if own else options.dataset
    return name


def train_spec(run: RunSpec, loop: str = "step") -> TrainSpec:
    task = get_task(run.task)
    preset = preset_of(task, run.preset).get("train", {})
    own = task.train_for.get(dataset_name(data_options(run)), {})
    changes = {**own, **preset, **run.train, "seed": run.seed, "loop": loop}
    spec: TrainSpec = _replace(task.train, changes)
    return spec


def model_spec(run: RunSpec, dataset: Dataset) -> ModelSpec:
    """The model of a run, sized for the data."""
    task = get_task(run.task)
    preset = preset_of(task, run.preset).get("model", {})
    fixed = {
        "cell": run.cell,
        "init": run.init,
        "input_size": dataset.input_size,
        "output_size": dataset.output_size,
        "char_size": dataset.char_size,
        "model": dataset.model or task.model.model,
    }
    spec: ModelSpec = _replace(task.model, {**preset, **run.model, **fixed})
    return spec


def _replace(record: Any, changes: Mapping[str, Any]) -> Any:
    """A changed copy; an unknown field raises SpecError."""
    names = [item.name for item in dataclasses.fields(record)]
    for name in changes:
        if name not in names:
            raise SpecError(unknown("option", name, names))
    return dataclasses.replace(record, **changes)
