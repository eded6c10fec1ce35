"""The runs of a comparison, and what can be checked before the first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from comparisons.arguments.options import Options
from comparisons.frameworks import missing_modules
from shared.errors import UserError
from shared.specs import RunSpec
from shared.task import Dataset
from shared.tasks import data_options, dataset_name, model_spec, train_spec
from shared.weights.layout import count_parameters


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
    dataset = load_first(choices)
    hidden = matched_sizes(choices, dataset)
    runs = tuple(
        run_spec(choices, framework, cell, seed, hidden)
        for seed in range(choices.seeds)
        for framework in choices.frameworks
        for cell in choices.cells
    )
    about = tuple(choices.task.summarize(dataset))
    return Plan(runs, unavailable, command, about)


def run_spec(
    choices: Options,
    framework: str,
    cell: str,
    seed: int,
    hidden: dict[str, int] | None = None,
) -> RunSpec:
    model = dict(choices.overrides.get("model", {}))
    if hidden:
        model["hidden_size"] = hidden[cell]
    return RunSpec(
        task=choices.task.name,
        framework=framework,
        cell=cell,
        seed=seed,
        preset=choices.preset,
        init=choices.init,
        device=choices.device,
        precision=choices.precision,
        threads=choices.threads,
        model=model,
        train=choices.overrides.get("train", {}),
        data=choices.overrides.get("data", {}),
    )


def load_first(choices: Options) -> Dataset:
    """Download and read the data once, so that errors show up here."""
    run = run_spec(choices, choices.frameworks[0], choices.cells[0], 0)
    options = data_options(run)
    choices.task.fetch(options, not choices.quiet)
    dataset = choices.task.load(options, 0)
    train, size = train_spec(run), len(dataset.train.x)
    if train.batch_size > size:
        raise UserError(
            f"{dataset_name(options)}: batch_size {train.batch_size} is more "
            f"than the {size} examples of the training split"
        )
    return dataset


def matched_sizes(choices: Options, dataset: Dataset) -> dict[str, int]:
    """The hidden size of each cell nearest to the parameter budget.

    Cells of equal size have very different numbers of parameters; Chung et al.
    (2014, section 4.1) compare them at equal numbers instead. If a task has
    published sizes for that number, these are used.
    """
    goal = choices.match_parameters
    if not goal:
        return {}
    sizes = {**choices.task.matched_hidden_sizes.get(goal, {})}
    for cell in choices.cells:
        if cell in sizes:
            continue
        run = run_spec(choices, choices.frameworks[0], cell, 0)
        spec = model_spec(run, dataset)

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
