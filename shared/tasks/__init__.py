"""The tasks by chapter of the course.

A task is one file in a chapter's folder that defines TASK, a
`shared.task.Task`; the folder's other files are used by its tasks.
"""

import dataclasses
import importlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from shared.errors import SpecError, unknown
from shared.fields import current_fields
from shared.specs import RunSpec
from shared.task import Dataset, Task
from shared.task.data_checks import check_tags, check_vectors, check_words
from shared.tasks.distributions import installed, task_of_entry_point
from shared.tasks.files import is_file, task_of_file

RECORDS = ("model", "train", "data")
"""Fields of a task and of a run that are records of options."""

DERIVED = {
    *("model", "cell", "init"),  # ModelSpec
    *("input_size", "output_size", "char_size", "shape_size"),
    "quantile_levels",
    *("seed", "loop"),  # TrainSpec
}
"""Fields of these that follow from the run or from the data."""


def task_names() -> list[str]:
    """Those of this package, and those of entry points."""
    return sorted(_modules() | installed())


def get_task(name: str, metric: str = "") -> Task:
    """The task of this name or file; an unknown name raises SpecError.

    metric: that of its data (`Dataset.metric`), if the data define one.
    """
    modules = _modules()
    if not is_file(name) and name not in installed():
        if name not in modules:
            raise SpecError(unknown("task", name, modules))
        task: Task = importlib.import_module(modules[name]).TASK
    else:
        task = (
            task_of_file(name) if is_file(name) else task_of_entry_point(name)
        )
        if task.name in modules:
            where = task.file or "an entry point"
            raise SpecError(
                f"{where}: name: '{task.name}' is a task of this package; "
                "choose another"
            )
    better = dict([task.monitor]) if task.monitor else {}
    return dataclasses.replace(
        task,
        metric=metric or task.metric,
        better=better.get(metric, task.better),
    )


def _modules() -> dict[str, str]:
    """Task -> module."""
    return {name: m for path in __path__ for name, m in _found(path).items()}


@cache
def _found(path: str) -> dict[str, str]:
    """Task -> module of a folder; the files are read, but not imported."""
    return {
        file.stem: f"{__name__}.{file.parent.name}.{file.stem}"
        for file in Path(path).glob("*/*.py")
        if re.search(r"^TASK\b", file.read_text(encoding="utf-8"), re.MULTILINE)
    }


def preset_of(task: Task, name: str) -> Mapping[str, Any]:
    """A preset of the task; an unknown name raises SpecError."""
    if name not in task.presets:
        raise SpecError(unknown("preset", name, task.presets))
    return task.presets[name]


def dataset_name(options: Mapping[str, Any]) -> str:
    """The name of the user's own file, else of the data set."""
    return str(Path(options.get("data", "")).name or options["dataset"])


def defaults(
    task: Task, preset: str, data: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Record -> its fields where nothing is given but these data options."""
    changes = preset_of(task, preset)
    options = {**vars(task.data), **changes.get("data", {}), **data}
    of_data = {"train": task.train_for.get(dataset_name(options), {})}
    return {
        kind: {
            **vars(getattr(task, kind)),
            **of_data.get(kind, {}),
            **changes.get(kind, {}),
        }
        for kind in RECORDS
    }


def resolve(**options: Any) -> RunSpec:
    """The complete run of some fields of `RunSpec`.

    model, train and data hold the fields given; the preset and the task give
    the others, and `sized` the sizes that only the data have. What is not
    admitted raises SpecError.
    """
    task = get_task(options["task"])
    given = {kind: options.get(kind, {}) for kind in RECORDS}
    usual = defaults(task, options.get("preset", "standard"), given["data"])
    records = {}
    for kind in RECORDS:
        record = getattr(task, kind)
        changes = current_fields({**usual[kind], **given[kind]}, vars(record))
        for name in changes:
            if name not in vars(record):
                raise SpecError(unknown("option", name, vars(record)))
        records[kind] = dataclasses.replace(record, **changes)
    for kind, fields in task.adapt(records, given).items():
        records[kind] = dataclasses.replace(records[kind], **fields)
    named = {**options, "task": task.id}
    return RunSpec(**{"threads": task.threads, **named, **records})


FORMER = {
    "charlm": {"split": "90/10"},
    "sine": {"dataset": "one-wave"},
}
"""Task -> data options that older records lack, and what held then."""


def stored_data(
    task: Task, preset: str, data: Mapping[str, Any]
) -> dict[str, Any]:
    """The data options of a record or checkpoint as those of today."""
    former = dict(FORMER.get(task.name, {}))
    for name in task.presets.get(preset, {}).get("data", {}):
        former.pop(name, None)
    return former | current_fields(data, vars(task.data))


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
    """The run with the model that its data ask for, of their sizes.

    DataError for tags that no CRF can score, SpecError for word vectors that
    the model cannot start from, or for word dropout without words.
    """
    model = dataclasses.replace(
        run.model,
        model=dataset.model or run.model.model,
        input_size=dataset.input_size,
        output_size=dataset.output_size,
        char_size=dataset.char_size,
        shape_size=dataset.shape_size,
        quantile_levels=dataset.quantile_levels,
    )
    if model.crf:
        check_tags(dataset)
    check_vectors(run.init, model, dataset)
    check_words(run.train, dataset)
    return dataclasses.replace(run, model=model)
