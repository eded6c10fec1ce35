"""The flags of the commands that train, or build, the models of a task."""

from __future__ import annotations

from typing import Any

from comparisons.arguments import flags
from comparisons.arguments.flags import Groups, choice, flag, number
from shared.specs import INITS, PRECISIONS
from shared.task import Task
from shared.tasks import defaults, task_names

PRESET = "standard"
RUN: Groups = {
    "what to run": [
        flag(
            "--sweep",
            "run one comparison for each value of a flag and draw the score "
            "over it; give it again to vary a second flag",
            action="append",
            metavar="NAME=V,V",
        )
    ],
    "output": [
        flags.switch("--fresh", "run again what is already recorded"),
        flag(
            *("--checkpoints", "save each trained model"),
            **(flags.kind_of(True) | {"default": True}),
        ),
    ],
}
BENCH_STEPS: Groups = {
    "": [
        flags.numbers(
            "--hidden-sizes",
            "time each of these numbers of hidden units H (default: 128, 256 "
            "and 512 for language models, else the task's own)",
        )
    ]
}
BENCH_GENERATION: Groups = {
    "": [
        flags.numbers(
            "--lengths",
            "tokens of the texts (default: 100, 200, 400 and 800)",
        )
    ]
}
STUDY_STEPS: Groups = {
    "example": [
        flag("--text", "text to read, where the task reads text"),
        flags.index(
            "--example",
            "number of the test example to read, from 0 (default: 0)",
        ),
        flags.checkpoint(" (default: untrained weights of seed 0)"),
    ]
}


def add_task_flags(
    parser: Any, extra: Groups, task: Task | None, preset: str
) -> None:
    """All flags of a task's command; without a task, those that all have."""
    groups = {**extra}
    for title, items in {**setup(task), **fields(task, preset)}.items():
        # What a command adds goes below the same title, or comes first.
        groups[title] = [*items, *groups.pop(title, ())]
    parser.set_defaults(fresh=False, checkpoints=True)
    flags.add_groups(parser, groups)
    if task is None:
        parser.epilog = (
            "Data, model and training have further flags that depend on the "
            f"task; {parser.prog} --task NAME --help shows them."
        )


def setup(task: Task | None) -> dict[str, list]:
    """What is compared, how it is computed, and what is written."""
    names = ", ".join(task_names())
    presets = f", one of {', '.join(task.presets)}" if task else ""
    presets = f"named settings of data, model and training{presets}"
    threads = "CPU threads; 0: all cores"
    count = task.threads if task else None
    return {
        "what to run": [
            flag("--task", f"task, one of {names}", metavar="NAME"),
            flags.frameworks(),
            flags.cells(),
            number(
                "--seeds",
                "number of seeds per framework and cell (default: the "
                "preset's)",
            ),
            flag("--preset", presets, default=PRESET, metavar="NAME"),
            number(
                "--match-parameters",
                "choose the hidden size of each cell so that the model has "
                "about N parameters; 0: equal hidden sizes",
                *(0, 0),
            ),
        ],
        "execution": [
            choice(
                "--init",
                "initial weights: the same in all frameworks, or each "
                "framework's own",
                INITS,
                default="matched",
            ),
            flags.device("auto"),
            choice("--precision", "arithmetic", PRECISIONS, default="float32"),
            number(
                "--threads",
                threads if task else f"{threads} (default: the task's)",
                *(count, 0),
            ),
            flags.timeout("a run"),
        ],
        "output": [
            flags.out(),
            flags.switch("--quiet", "show no progress"),
        ],
    }


def fields(task: Task | None, preset: str) -> dict[str, list]:
    """The flags of a task's data, model and training, with their defaults."""
    if task is None:
        return {}
    shown, model = defaults(task, preset, {}), task.model.model
    records = flags.records(task)
    titles = {
        "data": f"data of {task.name}",
        "model": f"model ({model.replace('_', ' ')})",
        "train": "training",
    }
    return {
        title: flags.of_fields(records[kind], model, shown[kind])
        for kind, title in titles.items()
    }
