"""The flags of the commands that train, or build, the models of a task."""

from __future__ import annotations

from typing import Any

from comparisons.arguments.flags import (
    add_cells,
    add_device,
    add_frameworks,
    add_out,
    add_task_flags,
    add_timeout,
    kind_of,
)
from comparisons.arguments.types import at_least, positive_numbers
from shared.specs import INITS, PRECISIONS
from shared.task import Task
from shared.tasks import task_names

PRESET = "standard"


def add_run(parser: Any, task: Task | None, preset: str) -> None:
    """All flags of a comparison."""
    what = add_setup(parser, task)
    what.add_argument(
        "--sweep",
        action="append",
        metavar="NAME=V,V",
        help="run one comparison for each value of a flag and draw the score "
        "over it; give it again to vary a second flag",
    )
    output = add_execution(parser, task)
    output.add_argument(
        "--fresh",
        action="store_true",
        help="run again what is already recorded",
    )
    output.add_argument(
        "--checkpoints",
        default=True,
        help="save each trained model",
        **kind_of(True, None),
    )
    add_task(parser, task, preset)


def add_model(parser: Any, task: Task | None, preset: str) -> None:
    """The flags of a command that builds models without comparing them."""
    add_setup(parser, task)
    add_execution(parser, task)
    add_task(parser, task, preset)
    parser.set_defaults(fresh=False, checkpoints=True)


def add_bench_steps(parser: Any, task: Task | None, preset: str) -> None:
    """Those, and the hidden sizes at which steps are timed."""
    parser.add_argument(
        "--hidden-sizes",
        type=positive_numbers,
        nargs="+",
        metavar="N",
        help="time each of these numbers of hidden units H (default: 128, "
        "256 and 512 for language models, else the task's own)",
    )
    add_model(parser, task, preset)


def add_bench_generation(parser: Any, task: Task | None, preset: str) -> None:
    """Those, and the lengths of the texts that are generated."""
    parser.add_argument(
        "--lengths",
        type=positive_numbers,
        nargs="+",
        metavar="N",
        help="tokens of the texts (default: 100, 200, 400 and 800)",
    )
    add_model(parser, task, preset)


def add_setup(parser: Any, task: Task | None) -> Any:
    """What is compared."""
    group = parser.add_argument_group("what to run")
    names = task_names()
    group.add_argument(
        "--task", metavar="NAME", help=f"task, one of {', '.join(names)}"
    ).completions = names
    add_frameworks(group)
    add_cells(group)
    group.add_argument(
        "--seeds",
        type=at_least(1),
        metavar="N",
        help="number of seeds per framework and cell (default: the preset's)",
    )
    presets = f", one of {', '.join(task.presets)}" if task else ""
    group.add_argument(
        "--preset",
        default=PRESET,
        metavar="NAME",
        help=f"named settings of data, model and training{presets}",
    )
    group.add_argument(
        "--match-parameters",
        type=at_least(0),
        default=0,
        metavar="N",
        help="choose the hidden size of each cell so that the model has about "
        "N parameters; 0: equal hidden sizes",
    )
    return group


def add_execution(parser: Any, task: Task | None) -> Any:
    """How it is computed, and what is written."""
    group = parser.add_argument_group("execution")
    group.add_argument(
        "--init",
        choices=INITS,
        default="matched",
        metavar="|".join(INITS),
        help="initial weights: the same in all frameworks, or each "
        "framework's own",
    )
    add_device(group, "auto")
    group.add_argument(
        "--precision",
        choices=PRECISIONS,
        default="float32",
        metavar="NAME",
        help=f"arithmetic: {', '.join(PRECISIONS)}",
    )
    group.add_argument(
        "--threads",
        type=at_least(0),
        default=task.threads if task else None,
        metavar="N",
        help="CPU threads; 0: all cores"
        + ("" if task else " (default: the task's)"),
    )
    add_timeout(group, 900.0, "a run")
    output = parser.add_argument_group("output")
    add_out(output)
    output.add_argument("--quiet", action="store_true", help="show no progress")
    return output


def add_task(parser: Any, task: Task | None, preset: str) -> None:
    """The flags of the task, or how they are shown."""
    if task is None:
        parser.epilog = (
            "Data, model and training have further flags that depend on the "
            f"task; {parser.prog} --task NAME --help shows them."
        )
    else:
        add_task_flags(parser, task, preset)
