"""The runs of a comparison, and what can be checked before the first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from comparisons.arguments.options import Options
from comparisons.frameworks import in_framework, missing_modules
from shared.errors import UserError
from shared.specs import RunSpec
from shared.task import Dataset
from shared.tasks import dataset_name, sized
from shared.weights.flops import count_parameters


@dataclass(frozen=True)
class Plan:
    """The runs of a comparison, seed by seed, and unavailable rows.

    about: lines on the data, printed before training.
    """

    runs: tuple[RunSpec, ...]
    unavailable: dict[str, str]
    command: str
    about: tuple[str, ...] = ()


def make_plan(choices: Options, command: str) -> Plan:
    """Every framework × cell × seed, in rounds; checks options and data.

    A framework that is not installed is an error if it was named, else its rows
    are marked unavailable.
    """
    unavailable = {}
    for name in choices.frameworks:
        missing = missing_modules(name)
        if missing:
            unavailable[name] = f"not installed: {', '.join(missing)}"
            if choices.named:
                raise UserError(f"framework '{name}' is {unavailable[name]}")
    base, dataset = load_first(choices)
    sizes = matched_sizes(choices, base)
    models = {
        cell: replace(base.model, cell=cell, hidden_size=size)
        for cell, size in sizes.items()
    }
    runs = tuple(
        in_framework(
            replace(base, cell=cell, seed=seed, model=models[cell]), framework
        )
        for seed in range(choices.seeds)
        for framework in choices.frameworks
        for cell in choices.cells
    )
    about = tuple(choices.task.summarize(dataset))
    return Plan(runs, unavailable, command, about)


def load_first(choices: Options) -> tuple[RunSpec, Dataset]:
    """The run of the choices with the sizes of its data, and these data.

    They are fetched and read once, so that their faults show up here.
    """
    run = choices.run
    choices.task.fetch(run.data, not choices.quiet)
    dataset = choices.task.load(run.data, 0)
    batch, size = run.train.batch_size, len(dataset.train.x)
    if batch > size:
        raise UserError(
            f"{dataset_name(vars(run.data))}: batch_size {batch} is more "
            f"than the {size} examples of the training split"
        )
    return sized(run, dataset), dataset


def matched_sizes(choices: Options, base: RunSpec) -> dict[str, int]:
    """The hidden size of each cell, nearest to the parameters asked for.

    Cells of equal size have very different numbers of parameters; Chung et al.
    (2014, section 4.1) compare them at equal numbers instead. If a task has
    published sizes for that number, these are used.
    """
    goal = choices.match_parameters
    if not goal:
        return dict.fromkeys(choices.cells, base.model.hidden_size)
    sizes = {**choices.task.matched_hidden_sizes.get(goal, {})}
    for cell in choices.cells:
        if cell in sizes:
            continue
        spec = replace(base.model, cell=cell)

        def count(size: int, spec: Any = spec) -> int:
            return count_parameters(replace(spec, hidden_size=size))

        if count(1) > goal:
            raise UserError(
                f"match_parameters {goal} is less than the {count(1)} of "
                f"the smallest {cell}"
            )
        size = 1
        while count(2 * size) <= goal:
            size *= 2
        while count(size + 1) <= goal:
            size += 1
        sizes[cell] = min(size, size + 1, key=lambda s: abs(count(s) - goal))
    return sizes
