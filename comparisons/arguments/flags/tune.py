"""The flags of `compare.py tune`."""

from comparisons.arguments.engines import engine_flags
from comparisons.arguments.flags.flag import (
    Groups,
    choice,
    filled,
    flag,
    number,
    switch,
)
from comparisons.arguments.flags.task import FAST, MOST_SEEDS, ON

SAMPLERS = ("tpe", "random", "grid")
PRUNERS = ("none", "median", "hyperband")
MOST_TRIALS = 100_000
TEST_SEEDS = 3
"""Seeds of each selected setting unless given."""

TUNE_ENGINES = ("local", "ray")
"""What executes trials: each is decided upon after each epoch."""

TUNE: Groups = {
    "what to run": [
        FAST,
        number(
            "--seeds",
            "number of seeds by which each selected setting is tested "
            f"(default: {TEST_SEEDS})",
            most=MOST_SEEDS,
        ),
    ],
    "search": [
        flag(
            "--space",
            "values of a flag to search: NAME=V,V or NAME=LOW..HIGH, with "
            ":log on a logarithmic scale; the first framework trains them",
            nargs="+",
            type=filled,
            metavar="NAME=VALUES",
            sweep=False,
        ),
        number("--trials", "trials of each cell", 20, 1, MOST_TRIALS),
        choice("--sampler", "how settings are drawn", SAMPLERS, default="tpe"),
        choice(
            "--pruner",
            "which trials are ended early, by the validation score of an epoch",
            PRUNERS,
            default="none",
        ),
        number("--search-seed", "seed of the sampler", 0, 0, 2**31 - 1),
    ],
    "execution": [
        *engine_flags("trials", TUNE_ENGINES),
        switch(
            "--time-tests",
            "test the selected settings on this machine, one run at a time, so "
            "that their times are results",
        ),
    ],
    "output": [
        switch(
            "--fresh", "begin the search anew and train what is recorded again"
        ),
        flag("--checkpoints", "save each model of the test", **ON),
        flag("--report", "write the page and tables", **ON),
    ],
}
