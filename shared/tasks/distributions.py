"""Tasks of other distributions, by their entry points."""

import dataclasses
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType

from shared.errors import SpecError
from shared.task import Task
from shared.tasks.checked import checked, located

GROUP = "rnn_comparisons.tasks"
"""Entry points: name of a task -> module, or its TASK."""


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
