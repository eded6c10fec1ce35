"""The flags of `compare.py speedrun`."""

from comparisons.arguments.flags.flag import (
    Groups,
    filled,
    flag,
    number,
    path,
    switch,
)
from comparisons.arguments.flags.task import MOST_SEEDS

SEEDS = 5
"""Seeds that an entry of the leaderboard has at least."""

SPEEDRUN: Groups = {
    "what to run": [
        number(
            "--seeds",
            "number of seeds, each in a process of its own",
            *(SEEDS, 1, MOST_SEEDS),
        ),
        number("--validate-from", "first epoch to validate, from 1", 1),
        path(
            "--table",
            "TOML file of targets and settings (default: that of this package)",
            sweep=False,
        ),
    ],
    "output": [
        switch("--fresh", "run again what is already recorded"),
        path(
            "--leaderboard",
            "also append what counts to this file of entries",
            sweep=False,
        ),
        flag(
            "--note",
            "what made the entry fast, in a sentence",
            type=filled,
            metavar="TEXT",
            sweep=False,
        ),
    ],
}
