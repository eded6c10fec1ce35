"""The flags of the commands that train, or build, the models of a task."""

from typing import Any

from comparisons.arguments.engines import engine_flags
from comparisons.arguments.flags import common
from comparisons.arguments.flags.fields import kind_of, of_fields, records
from comparisons.arguments.flags.flag import (
    Groups,
    add_groups,
    choice,
    flag,
    number,
    switch,
)
from shared.specs import INITS, PRECISIONS
from shared.task import Task
from shared.tasks import defaults, task_names

PRESET = "standard"
MOST_SEEDS = 1000
ON = kind_of(True) | {"default": True, "sweep": False}
FAST = switch(
    "--fast",
    "take the fastest path of each framework on a CPU, not the one its users "
    "write: rows such as jax-fast",
)
RUN: Groups = {
    "what to run": [
        FAST,
        flag(
            "--sweep",
            "run one comparison for each value of a flag and draw the score "
            "over it; give it again to vary a second flag",
            action="append",
            metavar="NAME=V,V",
            sweep=False,
        ),
    ],
    "execution": engine_flags(),
    "output": [
        switch("--fresh", "run again what is already recorded"),
        flag("--checkpoints", "save each trained model", **ON),
        flag("--report", "write the page, figures and tables", **ON),
    ],
}


def add_task_flags(
    parser: Any, extra: Groups, task: Task | None, preset: str
) -> None:
    """All flags of a task's command; without a task, those that all have."""
    groups = {**extra}
    own = {name for items in extra.values() for name, _ in items}
    for title, items in {**setup(task), **fields(task, preset)}.items():
        # What a command adds goes below the same title, or comes first.
        usual = [item for item in items if item[0] not in own]
        groups[title] = [*usual, *groups.pop(title, ())]
    parser.set_defaults(fresh=False, checkpoints=True, report=True)
    add_groups(parser, groups)
    if task is None:
        parser.epilog = (
            "Data, model and training have further flags that depend on the "
            f"task; {parser.prog} --task NAME --help shows them."
        )


def setup(task: Task | None) -> dict[str, list]:
    """What is compared, how it is computed, and what is written."""
    return {
        "what to run": compared(task),
        "execution": execution(task),
        "output": [common.out(), switch("--quiet", "show no progress")],
    }


def compared(task: Task | None) -> list:
    names = ", ".join(task_names())
    presets = f", one of {', '.join(task.presets)}" if task else ""
    presets = f"named settings of data, model and training{presets}"
    return [
        flag("--task", f"task, one of {names}", metavar="NAME", sweep=False),
        common.frameworks(),
        common.cells(),
        number(
            "--seeds",
            "number of seeds per framework and cell (default: the preset's)",
            most=MOST_SEEDS,
        ),
        flag("--preset", presets, default=PRESET, metavar="NAME"),
        number(
            "--match-parameters",
            "choose the hidden size of each cell so that the model has "
            "about N parameters; 0: equal hidden sizes",
            *(0, 0),
        ),
    ]


def execution(task: Task | None) -> list:
    threads = "CPU threads; 0: all cores"
    if task is None:
        threads += " (default: the task's)"
    return [
        choice(
            "--init",
            "initial weights: the same in all frameworks, or each "
            "framework's own",
            INITS,
            default="matched",
        ),
        common.device("auto"),
        choice("--precision", "arithmetic", PRECISIONS, default="float32"),
        number("--threads", threads, task.threads if task else None, 0),
        common.timeout("a run"),
    ]


def fields(task: Task | None, preset: str) -> dict[str, list]:
    """The flags of a task's data, model and training, with their defaults."""
    if task is None:
        return {}
    shown, model = defaults(task, preset, {}), task.model.model
    found = records(task)
    titles = {
        "data": f"data of {task.name}",
        "model": f"model ({model.replace('_', ' ')})",
        "train": "training",
    }
    return {
        title: of_fields(found[kind], model, shown[kind])
        for kind, title in titles.items()
    }
