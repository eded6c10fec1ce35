"""The flags of the commands that train, or build, the models of a task."""

from __future__ import annotations

from typing import Any

from comparisons.arguments import flags
from comparisons.arguments.flags import Groups, choice, flag, number
from comparisons.arguments.types import positive_numbers
from shared.specs import INITS, PRECISIONS
from shared.task import Task
from shared.tasks import defaults, task_names

PRESET = "standard"
FURTHER = (
    "Data, model and training have further flags that depend on the task; "
    "{} --task NAME --help shows them."
)
SWEEP = flag(
    "--sweep",
    "run one comparison for each value of a flag and draw the score over it; "
    "give it again to vary a second flag",
    action="append",
    metavar="NAME=V,V",
)
RUN: Groups = {
    "what to run": [SWEEP],
    "output": [
        flag(
            "--fresh",
            "run again what is already recorded",
            action="store_true",
        ),
        flag(
            "--checkpoints",
            "save each trained model",
            default=True,
            **flags.kind_of(True),
        ),
    ],
}
BENCH_STEPS: Groups = {
    "": [
        flag(
            "--hidden-sizes",
            "time each of these numbers of hidden units H (default: 128, 256 "
            "and 512 for language models, else the task's own)",
            type=positive_numbers,
            nargs="+",
            metavar="N",
        )
    ]
}
BENCH_GENERATION: Groups = {
    "": [
        flag(
            "--lengths",
            "tokens of the texts (default: 100, 200, 400 and 800)",
            type=positive_numbers,
            nargs="+",
            metavar="N",
        )
    ]
}
STUDY_STEPS: Groups = {
    "example": [
        flag("--text", "text to read, where the task reads text"),
        flag(
            "--example",
            "number of the test example to read, from 0 (default: 0)",
            type=int,
            metavar="N",
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
        # What a command adds stands below the same title, or comes first.
        groups[title] = [*items, *groups.pop(title, ())]
    parser.set_defaults(fresh=False, checkpoints=True)
    flags.add_groups(parser, groups)
    if task is None:
        parser.epilog = FURTHER.format(parser.prog)


def setup(task: Task | None) -> dict[str, list]:
    """What is compared, how it is computed, and what is written."""
    presets = f", one of {', '.join(task.presets)}" if task else ""
    threads = "" if task else " (default: the task's)"
    what = [
        flag(
            "--task", f"task, one of {', '.join(task_names())}", metavar="NAME"
        ),
        flags.frameworks(),
        flags.cells(),
        number(
            "--seeds",
            "number of seeds per framework and cell (default: the preset's)",
        ),
        flag(
            "--preset",
            f"named settings of data, model and training{presets}",
            default=PRESET,
            metavar="NAME",
        ),
        number(
            "--match-parameters",
            "choose the hidden size of each cell so that the model has about "
            "N parameters; 0: equal hidden sizes",
            *(0, 0),
        ),
    ]
    execution = [
        choice(
            "--init",
            "initial weights: the same in all frameworks, or each framework's "
            "own",
            INITS,
            default="matched",
        ),
        flags.device("auto"),
        choice("--precision", "arithmetic", PRECISIONS, default="float32"),
        number(
            "--threads",
            f"CPU threads; 0: all cores{threads}",
            *(task.threads if task else None, 0),
        ),
        flags.timeout("a run"),
    ]
    quiet = flag("--quiet", "show no progress", action="store_true")
    return {
        "what to run": what,
        "execution": execution,
        "output": [flags.out(), quiet],
    }


def fields(task: Task | None, preset: str) -> dict[str, list]:
    """The flags of a task's data, model and training, with their defaults."""
    if task is None:
        return {}
    usual, model = defaults(task, preset, {}), task.model.model
    titles = {
        "data": f"data of {task.name}",
        "model": f"model ({model.replace('_', ' ')})",
        "train": "training",
    }
    return {
        title: flags.of_fields(flags.records(task)[kind], model, usual[kind])
        for kind, title in titles.items()
    }
