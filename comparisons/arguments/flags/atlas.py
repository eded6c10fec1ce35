"""The flags of `compare.py atlas`."""

from comparisons.arguments.engines import engine_flags
from comparisons.arguments.flags import common
from comparisons.arguments.flags.flag import (
    Groups,
    at_least,
    flag,
    number,
    switch,
)
from comparisons.arguments.flags.task import MOST_SEEDS
from comparisons.arguments.flags.tune import MOST_TRIALS, TUNE_ENGINES
from shared.tasks import task_names

TRIALS, SEEDS = 30, 5

ATLAS: Groups = {
    "what to run": [
        flag(
            "--tasks",
            f"tasks, of {', '.join(task_names())} (default: all)",
            nargs="+",
            metavar="NAME",
        ),
        common.cells(),
        flag(
            "--frameworks",
            "framework of all tasks (default: of each task its fastest)",
            metavar="NAME",
        ),
        number("--trials", "trials of each cell", TRIALS, 1, MOST_TRIALS),
        number(
            "--seeds",
            "number of seeds by which each selected setting is tested",
            *(SEEDS, 1, MOST_SEEDS),
        ),
        flag(
            "--preset",
            "named settings of data, model and training",
            default="quick",
            metavar="NAME",
        ),
    ],
    "execution": [
        *engine_flags("trials", TUNE_ENGINES),
        flag(
            "--hours",
            "begin no further task after so many hours; 0: begin all",
            type=at_least(0, float),
            default=0.0,
            metavar="N",
        ),
        common.timeout("a run"),
    ],
    "output": [common.out(), switch("--quiet", "show no progress")],
}
