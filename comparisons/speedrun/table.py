"""The tasks of a speedrun: targets, and settings as flags of the command."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from comparisons.arguments.config import read_table, words_in
from shared.errors import UserError, unknown
from shared.tasks import get_task

TABLE = Path(__file__).with_name("table.toml")

OF_GOAL = ("metric", "target", "data_options")
"""Keys of a task that are no flags."""

COMMAND = "speedrun"


class Goal(NamedTuple):
    """What a task is to reach, and what it is trained with.

    data_options: those that leave the validation set what it is, so that an
    entry may change them; layers: tables of flags, the nearest one first.
    """

    task: str
    metric: str
    target: float
    data_options: tuple[str, ...]
    layers: tuple[dict[str, Any], ...]
    frameworks: dict[str, dict[str, Any]]
    path: Path

    def words(self, given: Sequence[str], framework: str) -> list[str]:
        """The words of a framework's command; those given win."""
        words = [*given, "--frameworks", framework]
        for layer in (self.frameworks.get(framework, {}), *self.layers):
            words += words_in(layer, COMMAND, self.path, words)
        return words


def goal_of(task: str, path: Path = TABLE) -> Goal:
    """The goal of a task in a table; UserError for one that it lacks."""
    goals = goals_in(path)
    if task not in goals:
        raise UserError(unknown("task of a speedrun", task, goals))
    return goals[task]


def goals_in(path: Path = TABLE) -> dict[str, Goal]:
    """Task -> its goal; UserError for a table that is not complete."""
    table = read_table(path)
    tasks = {n: v for n, v in table.items() if isinstance(v, dict)}
    common = {n: v for n, v in table.items() if n not in tasks}
    return {
        name: goal_in(path, name, own, common) for name, own in tasks.items()
    }


def goal_in(
    path: Path, name: str, own: dict[str, Any], common: dict[str, Any]
) -> Goal:
    task, place = get_task(name), f"{path}: {name}"
    if missing := [key for key in OF_GOAL[:2] if key not in own]:
        raise UserError(f"{place} lacks {' and '.join(missing)}")
    if own["metric"] != task.validation_metric:
        raise UserError(
            f"{place}: metric is '{own['metric']}', but the task validates by "
            f"'{task.validation_metric}'"
        )
    flags = {key: own[key] for key in own if key not in OF_GOAL}
    frameworks = {k: v for k, v in flags.items() if isinstance(v, dict)}
    settings = {k: v for k, v in flags.items() if k not in frameworks}
    return Goal(
        name,
        own["metric"],
        float(own["target"]),
        tuple(own.get("data_options", ())),
        (settings, common),
        frameworks,
        path,
    )
